import { expect, it } from "vitest";
import { benchArgs, chromiumArgs } from "./chromium-args.mjs";

it("the benchmark draws as the tests do, unless flags are given in place of the software renderer's", () => {
  expect(benchArgs("")).toEqual(chromiumArgs);
  expect(benchArgs("  ")).toEqual(chromiumArgs);
  const given = benchArgs(" --use-gl=angle  --use-angle=vulkan ");
  expect(given.slice(-2)).toEqual(["--use-gl=angle", "--use-angle=vulkan"]);
  expect(given).toContain("--no-sandbox");
  expect(given.join(" ")).not.toContain("swiftshader");
});
