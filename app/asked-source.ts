import type { Link } from "../src/ui/state/link.ts";
import { normaliseSource } from "../src/ui/state/source-url.ts";
import type { SourceStatus } from "../src/ui/state/viewer-state.ts";

type AskedSource = Extract<SourceStatus, { readonly status: "opening" | "failed" }>;

/** What a person pasted or a link names, as the state has it before anything is read: an address on its way, or why it is none. */
export function askedSource(
  input: string,
  base: string,
  { series }: Pick<Link, "series">,
): AskedSource {
  const normalised = normaliseSource(input, base);
  const image = series ? { series } : {};
  return "url" in normalised
    ? { status: "opening", url: normalised.url, ...image }
    : { status: "failed", url: input, ...image, failure: normalised.failure };
}
