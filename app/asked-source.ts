import type { Link } from "../src/ui/state/link.ts";
import { withoutSecrets } from "../src/ui/state/source-access.ts";
import { normaliseSource } from "../src/ui/state/source-url.ts";
import type { SourceStatus } from "../src/ui/state/viewer-state.ts";
import type { AccessVault } from "./access-vault.ts";

type AskedSource = Extract<SourceStatus, { readonly status: "opening" | "failed" }>;

/**
 * What a person pasted or a link names, as the state has it before anything is read: an address on its way, or why it is none. What lets one read it
 * goes into the vault.
 */
export function askedSource(
  input: string,
  base: string,
  { series }: Pick<Link, "series">,
  vault: AccessVault,
): AskedSource {
  const normalised = normaliseSource(input, base);
  if ("url" in normalised && normalised.access) vault.keep(normalised.url, normalised.access);
  const image = series ? { series } : {};
  return "url" in normalised
    ? { status: "opening", url: normalised.url, ...image }
    : { status: "failed", url: withoutSecrets(input), ...image, failure: normalised.failure };
}

/** The addresses of a list to switch between, as the state has them; what is none is left out. */
export function askedSources(
  { sources }: Pick<Link, "sources">,
  base: string,
  vault: AccessVault,
): readonly string[] {
  return sources.flatMap((each) => {
    const asked = askedSource(each, base, { series: undefined }, vault);
    return asked.status === "opening" ? [asked.url] : [];
  });
}
