const quiet = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const softwareGraphics = [
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

/** Flags under which the browser tests run everywhere: software WebGL2, no background traffic. */
export const chromiumArgs = [...quiet, ...softwareGraphics];

/** Flags of the benchmark: those of the tests, or `graphics` (separated by spaces) in place of the software renderer's. */
export function benchArgs(graphics = process.env.ZARRSCOPE_CHROMIUM_ARGS ?? "") {
  const given = graphics.split(/\s+/).filter((flag) => flag !== "");
  return given.length === 0 ? chromiumArgs : [...quiet, ...given];
}
