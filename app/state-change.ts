import * as v from "valibot";
import { lutNames } from "../src/layers/luts/lut-name.ts";
import { gammaRange } from "../src/ui/state/channels.ts";
import type { ZarrscopeStateChange } from "./automation-api.ts";

const finite = v.pipe(v.number(), v.finite());
const index = v.pipe(v.number(), v.integer(), v.minValue(0));

const change = v.strictObject({
  source: v.optional(v.string()),
  view: v.optional(
    v.strictObject({ target: v.optional(v.tuple([finite, finite])), zoom: v.optional(finite) }),
  ),
  axes: v.nullish(v.tuple([v.string(), v.string()])),
  selection: v.optional(v.record(v.string(), index)),
  greyscale: v.optional(v.boolean()),
  labels: v.optional(
    v.array(
      v.strictObject({
        name: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
        visible: v.optional(v.boolean()),
        opacity: v.optional(v.pipe(finite, v.minValue(0), v.maxValue(1))),
        style: v.optional(v.picklist(["fill", "outline"])),
      }),
    ),
  ),
  channels: v.optional(
    v.array(
      v.strictObject({
        index,
        visible: v.optional(v.boolean()),
        color: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-Fa-f]{6}$/))),
        inverted: v.optional(v.boolean()),
        gamma: v.optional(v.pipe(finite, v.minValue(gammaRange.min), v.maxValue(gammaRange.max))),
        lut: v.optional(v.nullable(v.picklist(lutNames))),
        // What getState returns may be given back as it is.
        label: v.optional(v.string()),
        window: v.nullish(
          v.object({
            start: finite,
            end: finite,
            min: v.optional(finite),
            max: v.optional(finite),
          }),
        ),
      }),
    ),
  ),
});

export type StateChange = v.InferOutput<typeof change>;

/** Checks what a script or an embedder gives to `setState`. Throws TypeError that names the first fault. */
export function parseStateChange(input: ZarrscopeStateChange): StateChange {
  const result = v.safeParse(change, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "the argument";
  throw new TypeError(`setState: ${path}: ${issue.message}`);
}
