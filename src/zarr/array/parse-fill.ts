import type { JsonValue } from "../json.ts";
import type { ArrayMetadata } from "./array-metadata.ts";
import type { DataType } from "./data-type.ts";
import { parseFillValue } from "./fill-value.ts";
import { parseItemFill } from "./item-fill.ts";
import type { MetadataReading } from "./metadata-reading.ts";
import type { ItemType } from "./scalar-type.ts";
import { shownFill, shownType } from "./show-items.ts";

/** An array's type with its fill value, and what was wrong with how that is spelt. */
export type ParsedFill = {
  readonly type: Pick<ArrayMetadata, "dataType" | "item" | "fillValue">;
  readonly expected: string | undefined;
};

/** Reads `fill_value` of an array of plain numbers or of items (checklist Z2-05, Z3-11). Whether it may be missing is the caller's to know. */
export function parseFill(
  reading: MetadataReading,
  value: JsonValue | undefined,
  codedAs: DataType,
  itemType: ItemType | undefined,
): ParsedFill {
  const exact = reading.exactInteger("/fill_value", value);
  if (itemType === undefined) {
    const { value: fillValue, expected } = parseFillValue(value, codedAs, exact);
    return { type: { dataType: codedAs, fillValue }, expected };
  }
  const { fill, expected } = parseItemFill(value, itemType, exact);
  const item = { ...itemType, fill };
  const dataType = shownType(item);
  return { type: { dataType, item, fillValue: shownFill(fill, item) }, expected };
}
