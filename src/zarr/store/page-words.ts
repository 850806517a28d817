const mostBytes = 16 * 1024;
const mostCharacters = 100;

/** The first words that a web page shows, as plain text of one line; undefined if it shows none. For people who wonder which page that is. */
export function pageWords(bytes: Uint8Array): string | undefined {
  const html = new TextDecoder().decode(bytes.subarray(0, mostBytes));
  const text = html
    .replace(/<!--[\s\S]*?(-->|$)/g, " ")
    .replace(/<(script|style|noscript|template)\b[\s\S]*?(<\/\1\s*>|$)/gi, " ")
    .replace(/<[^>]*(>|$)/g, " ")
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? " ")
    // Neither lines nor marks that turn the direction of what follows.
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  if (text === "") return undefined;
  const characters = [...text];
  if (characters.length <= mostCharacters) return text;
  return `${characters.slice(0, mostCharacters).join("").trimEnd()}…`;
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
};

/** The first bytes of a body, however long it is. Never fails: what cannot be read is left out. */
export async function startOf(response: Response): Promise<Uint8Array> {
  const start = new Uint8Array(mostBytes);
  let length = 0;
  const reader = response.body?.getReader();
  try {
    while (reader && length < mostBytes) {
      const { done, value } = await reader.read();
      if (done) return start.subarray(0, length);
      const piece = value.subarray(0, mostBytes - length);
      start.set(piece, length);
      length += piece.byteLength;
    }
    await reader?.cancel();
  } catch {
    // The words only help; that a web page came is what went wrong.
  }
  return start.subarray(0, length);
}
