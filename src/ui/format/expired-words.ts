const time = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Says until when an address was signed; undefined if that is not known, or not over. */
export function expiredWords(
  expiresMs: number | undefined,
  nowMs: number = Date.now(),
): string | undefined {
  return expiresMs !== undefined && expiresMs <= nowMs
    ? `This address was signed until ${time.format(expiresMs)}, and has expired.`
    : undefined;
}
