import * as v from "valibot";
import {
  type FrameMethod,
  frameEventNames,
  namespace,
  protocolVersion,
} from "../embed/protocol.ts";

const finite = v.pipe(v.number(), v.finite());
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const event = v.strictObject({ event: v.picklist(frameEventNames) });

const request = v.variant("method", [
  v.strictObject({ id, method: v.literal("getState"), params: v.optional(v.undefined()) }),
  // What a change may hold is `parseStateChange`'s matter, once it is known that this page may ask for it.
  v.strictObject({
    id,
    method: v.literal("setState"),
    params: v.looseObject({
      source: v.optional(v.string()),
      well: v.optional(v.nullable(v.string())),
    }),
  }),
  v.strictObject({
    id,
    method: v.literal("valueAt"),
    params: v.strictObject({ x: finite, y: finite }),
  }),
  v.strictObject({
    id,
    method: v.literal("screenshot"),
    params: v.strictObject({
      scale: v.optional(v.picklist([1, 2, 3, 4]), 1),
      scaleBar: v.optional(v.boolean(), true),
      legend: v.optional(v.boolean(), true),
      title: v.optional(v.boolean(), true),
    }),
  }),
  v.strictObject({ id, method: v.literal("subscribe"), params: event }),
  v.strictObject({ id, method: v.literal("unsubscribe"), params: event }),
]);

export type FrameRequest = v.InferOutput<typeof request> & { readonly method: FrameMethod };

/** A request of the page around, as a fresh object; undefined for what is none. */
export function parseFrameRequest(message: unknown): FrameRequest | undefined {
  const result = v.safeParse(request, message);
  return result.success ? result.output : undefined;
}

/** The number of what claims to be a request, so that even a malformed one has an answer. */
export function requestIdOf(message: unknown): number | undefined {
  const result = v.safeParse(v.object({ id }), message);
  return result.success ? result.output.id : undefined;
}

const greeting = v.strictObject({
  ns: v.literal(namespace),
  type: v.picklist(["knock", "connect"]),
  v: v.literal(protocolVersion),
});

/** What a page says to a window before there is a port; undefined for everything else, which is not for us. */
export function parseGreeting(message: unknown): "knock" | "connect" | undefined {
  const result = v.safeParse(greeting, message);
  return result.success ? result.output.type : undefined;
}
