import { allocateElements, type DataType, type ElementArray } from "./data-type.ts";
import { float16FromBits } from "./float16.ts";
import type { ComplexPart, RecordField, StoredItem } from "./stored-item.ts";

/** The type of the numbers that are shown of an element. */
export function shownType({ view, lanes }: Pick<StoredItem, "view" | "lanes">): DataType {
  return view?.kind === "field" ? view.field.dataType : (lanes?.dataType ?? "uint8");
}

/**
 * The numbers that the elements' view names.
 * @param lanes all numbers of all elements, in order
 * @throws RangeError without a view
 */
export function showItems(lanes: ElementArray, item: StoredItem): ElementArray {
  const { view } = item;
  switch (view?.kind) {
    case undefined:
      throw new RangeError(`Nothing of elements of type ${item.name} can be shown.`);
    case "lane":
      return lanes;
    case "complex":
      return complexPart(lanes, view.part);
    case "field":
      return fieldElements(lanes, item.lanes?.count ?? 1, view.field);
  }
}

function complexPart(lanes: ElementArray, part: ComplexPart): ElementArray {
  const count = lanes.length / 2;
  if (lanes instanceof Float64Array) {
    const shown = new Float64Array(count);
    for (let i = 0; i < count; i++) shown[i] = partOf(lanes[2 * i]!, lanes[2 * i + 1]!, part);
    return shown;
  }
  const shown = new Float32Array(count);
  if (!(lanes instanceof Float32Array)) return shown;
  if (part === "magnitude") {
    // Squares of float32 do not overflow here; `hypot` guards against that and is several times slower.
    for (let i = 0; i < count; i++)
      shown[i] = Math.sqrt(lanes[2 * i]! ** 2 + lanes[2 * i + 1]! ** 2);
    return shown;
  }
  for (let i = 0; i < count; i++) shown[i] = partOf(lanes[2 * i]!, lanes[2 * i + 1]!, part);
  return shown;
}

/** @returns the phase in radians, −π to π */
function partOf(real: number, imaginary: number, part: ComplexPart): number {
  switch (part) {
    case "magnitude":
      return Math.hypot(real, imaginary);
    case "phase":
      return Math.atan2(imaginary, real);
    case "real":
      return real;
    case "imaginary":
      return imaginary;
  }
}

function fieldElements(
  lanes: ElementArray,
  itemBytes: number,
  { dataType, offset, endian }: RecordField,
): ElementArray {
  const view = new DataView(lanes.buffer, lanes.byteOffset, lanes.byteLength);
  const little = endian === "little";
  const shown = allocateElements(dataType, lanes.byteLength / itemBytes);
  for (let i = 0, at = offset; i < shown.length; i++, at += itemBytes) {
    shown[i] = numberAt(view, at, dataType, little);
  }
  return shown;
}

/** One stored number. float16 is widened, bool is 0 or 1. */
function numberAt(
  view: DataView,
  at: number,
  dataType: DataType,
  little: boolean,
): number | bigint {
  switch (dataType) {
    case "bool":
      return view.getUint8(at) === 0 ? 0 : 1;
    case "uint8":
      return view.getUint8(at);
    case "int8":
      return view.getInt8(at);
    case "uint16":
      return view.getUint16(at, little);
    case "int16":
      return view.getInt16(at, little);
    case "uint32":
      return view.getUint32(at, little);
    case "int32":
      return view.getInt32(at, little);
    case "uint64":
      return view.getBigUint64(at, little);
    case "int64":
      return view.getBigInt64(at, little);
    case "float16":
      return float16FromBits(view.getUint16(at, little));
    case "float32":
      return view.getFloat32(at, little);
    case "float64":
      return view.getFloat64(at, little);
  }
}

/** The fill value as it is shown. @param fill one number per lane */
export function shownFill(fill: StoredItem["fill"], item: StoredItem): number | bigint {
  if (item.view === undefined || item.lanes === undefined) return 0;
  const lanes = allocateElements(item.lanes.dataType, fill.length);
  for (const [lane, value] of fill.entries()) lanes[lane] = value;
  return showItems(lanes, item)[0] ?? 0;
}
