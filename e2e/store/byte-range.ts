/** A satisfiable range of an object: the bytes [start, end). */
export type ResolvedRange = {
  readonly start: number;
  readonly end: number;
  readonly isSuffix: boolean;
};

/** Resolves a Range header with one range (RFC 9110, 14.1.2): undefined = none or not understood, null = not satisfiable. */
export function resolveRange(
  header: string | undefined,
  totalBytes: number,
): ResolvedRange | null | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), totalBytes);
    return length === 0 ? null : { start: totalBytes - length, end: totalBytes, isSuffix: true };
  }
  const start = Number(first);
  const end = last === "" ? totalBytes : Math.min(Number(last) + 1, totalBytes);
  if (start >= totalBytes) return null;
  return start < end ? { start, end, isSuffix: false } : undefined;
}
