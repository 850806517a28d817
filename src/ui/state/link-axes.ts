import type { DisplayAxes } from "../../zarr/image/display-axes.ts";

/** "z,x": the axis shown down, and the one across. A comma or a percent sign inside a name is percent-encoded. */
export function formatAxes(axes: DisplayAxes): string {
  return axes.map((name) => name.replace(/[%,]/g, encodeURIComponent)).join(",");
}

/** Reads what `formatAxes` writes; undefined for anything else. */
export function parseLinkedAxes(text: string): DisplayAxes | undefined {
  const [down, across, ...rest] = text.split(",").map(unescapeName);
  if (rest.length > 0 || !down || !across || down === across) return undefined;
  return [down, across];
}

function unescapeName(text: string): string {
  return text.replace(/%(2C|25)/gi, decodeURIComponent);
}
