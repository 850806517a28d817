import type { Link } from "./link.ts";
import { parseNumber } from "./link-number.ts";

/** The part of a link that names a place on a plate. */
export type PlatePart = Pick<Link, "well" | "field" | "acquisition">;

const longestWell = 200;

/** Reads `well`, `field` and `acquisition`; adds a sentence to `notices` for each that is malformed. */
export function parsePlatePart(
  read: (key: string) => string | undefined,
  notices: string[],
): PlatePart {
  const index = (key: "field" | "acquisition") => {
    const text = read(key);
    if (text === undefined) return undefined;
    const value = parseNumber(text);
    if (value !== undefined && Number.isInteger(value) && value >= 0) return value;
    notices.push(`The link's ${key} is no number from 0 on and was ignored.`);
    return undefined;
  };
  const well = read("well")?.trim() || undefined;
  if (well !== undefined && well.length > longestWell) {
    notices.push("The name of the link's well is too long and was ignored.");
  }
  return {
    well: well !== undefined && well.length <= longestWell ? well : undefined,
    field: read("field") === "all" ? "all" : index("field"),
    acquisition: index("acquisition"),
  };
}

/** Keys and values that `parsePlatePart` reads back, those that are there. */
export function formatPlatePart({
  well,
  field,
  acquisition,
}: PlatePart): readonly (readonly [string, string])[] {
  return [
    ...(well === undefined ? [] : [["well", well] as const]),
    ...(field === undefined ? [] : [["field", String(field)] as const]),
    ...(acquisition === undefined ? [] : [["acquisition", String(acquisition)] as const]),
  ];
}
