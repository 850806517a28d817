/** The text that was percent-encoded; as it is if it was not. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-encodes for query or fragment, but leaves what makes an address readable: `:` `/` `,` `;` `@`. */
export function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /%(3A|2F|2C|3B|40)/g,
    decodeURIComponent,
  );
}

/** Pairs of `key=value&…`, decoded. A `+` is a plus: addresses hold no spaces. */
export function pairsOf(text: string): readonly (readonly [key: string, value: string])[] {
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const equals = part.indexOf("=");
      if (equals < 0) return [decode(part), ""] as const;
      return [decode(part.slice(0, equals)), decode(part.slice(equals + 1))] as const;
    });
}

/** A part of a link in a sentence, never at length. */
export function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `“${short}”`;
}
