import type { SourceStatus } from "../src/ui/state/viewer-state.ts";

/** What a person takes upon themselves to see of one source. Never in a link; it ends with the page. */
export type SourceTrust = {
  /** What contradicts its checksum, marked. */
  readonly unverified: boolean;
  /** Arrays that need extensions which are not known here (checklist Z3-04). */
  readonly unknownExtensions: boolean;
};

export const noTrust: SourceTrust = { unverified: false, unknownExtensions: false };

/** What was taken upon oneself for what is open. */
export function trustOf(source: SourceStatus): SourceTrust {
  if (source.status !== "open") return noTrust;
  const { showsUnverified = false, opensAnyway = false } = source;
  return { unverified: showsUnverified, unknownExtensions: opensAnyway };
}
