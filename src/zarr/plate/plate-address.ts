/** A folder that may be the plate of what was opened, and where in it that is. */
export type PlateCandidate = {
  /** Address of the plate, with the query of the address that was opened. */
  readonly url: string;
  /** Path of the well below the plate, as its metadata would name it. */
  readonly wellPath: string;
  /** Path of the field below the well; undefined if a well was opened. */
  readonly fieldPath: string | undefined;
};

const wellSegment = /^[A-Za-z0-9]{1,8}$/;
const fieldSegment = /^(?!\.+$)(?!__)[A-Za-z0-9_.-]{1,64}$/;

/**
 * Where the plate of an opened well or field can be: two or three folders up, and one more for plates of 0.1, whose wells may lie in a
 * folder of their own (N1-15). Nothing for addresses that cannot be in a plate, so that nobody is asked in vain.
 */
export function plateCandidates(
  address: string,
  kind: "well" | "field",
): readonly PlateCandidate[] {
  const url = new URL(address);
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  const field = kind === "field" ? segments.pop() : undefined;
  if (kind === "field" && (field === undefined || !fieldSegment.test(field))) return [];
  const [row, column] = segments.slice(-2);
  if (row === undefined || column === undefined) return [];
  if (!wellSegment.test(row) || !wellSegment.test(column)) return [];
  return [2, 3].flatMap((depth) => {
    const base = segments.slice(0, segments.length - depth);
    const inside = segments.slice(segments.length - depth);
    if (base.length === 0 || inside.length < depth) return [];
    // Deeper than row and column there is only a date or a number.
    if (!inside.slice(0, -2).every((segment) => fieldSegment.test(segment))) return [];
    return {
      url: `${url.origin}/${base.join("/")}${url.search}`,
      wellPath: inside.join("/"),
      fieldPath: field,
    };
  });
}
