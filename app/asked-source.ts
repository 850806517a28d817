import type { Link } from "../src/ui/state/link.ts";
import { withoutSecrets } from "../src/ui/state/source-access.ts";
import { normaliseSource } from "../src/ui/state/source-url.ts";
import type { SourceStatus, ViewerState } from "../src/ui/state/viewer-state.ts";
import type { AccessVault } from "./access-vault.ts";

type AskedSource = Extract<SourceStatus, { readonly status: "opening" | "failed" }>;

/**
 * What a person pasted or a link names, as the state has it before anything is read: an address on its way, or why it is none. What lets one read it
 * goes into the vault.
 */
function askedSource(
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

/** All that the state has of what was asked for, before anything is read. Addresses of a list that are none are left out. */
export function askedPlace(
  input: string,
  link: Link,
  base: string,
  vault: AccessVault,
): Pick<ViewerState, "sources" | "access"> & { readonly source: AskedSource } {
  const source = askedSource(input, base, link, vault);
  const sources = link.sources.flatMap((each) => {
    const asked = askedSource(each, base, { series: undefined }, vault);
    return asked.status === "opening" ? [asked.url] : [];
  });
  return { source, sources, access: vault.noteOf(source.url) };
}
