/** Characters that would steer a terminal or turn a line's direction: all control characters, and Unicode's bidirectional marks. */
const steering = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Foreign text, such as a name in metadata, on one line of a terminal. */
export function terminalText(text: string): string {
  return text.replace(steering, "\uFFFD");
}

/** JSON that is plain ASCII where a terminal would act on it; parses to the same value. */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (char) => {
      return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
    },
  );
}

/** Rows in columns that are as wide as their widest cell, without trailing blanks; numbers of columns may differ. */
export function textTable(rows: readonly (readonly string[])[], indent = "  "): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, [...cell].length);
    }
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        return cell + " ".repeat((widths[column] ?? 0) - [...cell].length);
      });
      return `${indent}${cells.join("  ")}`.trimEnd();
    })
    .join("\n");
}
