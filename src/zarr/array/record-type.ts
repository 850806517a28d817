import { elementCount } from "./data-type.ts";
import type { ItemType, ScalarType } from "./scalar-type.ts";
import { scalarBytes, scalarFields, scalarNumpyType } from "./scalar-type.ts";
import type { NumpyType, RecordField } from "./stored-item.ts";

/** One member of a record: a number, a record again, or a list of either (`shape`). Members follow each other without gaps. */
export type RecordMember = {
  readonly name: string;
  readonly type: { readonly scalar: ScalarType; readonly endian: "little" | "big" } | RecordType;
  readonly shape: readonly number[];
};
export type RecordType = { readonly members: readonly RecordMember[] };

/** Numbers of a list that are offered one by one. */
const maxListed = 16;
/** Fields that are offered at all. */
const maxFields = 256;

/** The item of a record; it is shown as its first field. @param name as the metadata spell it */
export function recordItem(record: RecordType, name: string): ItemType {
  const fields = recordFields(record, "", 0).slice(0, maxFields);
  const bytes = recordBytes(record);
  const [field] = fields;
  return {
    name,
    kind: "record",
    lanes: bytes === 0 ? undefined : { dataType: "uint8", count: bytes },
    numpyType: bytes === 0 ? undefined : recordNumpyType(record),
    fields,
    view: field && { kind: "field", field },
  };
}

/** Bytes of one stored record. */
export function recordBytes({ members }: RecordType): number {
  return members.reduce((sum, member) => sum + memberBytes(member) * elementCount(member.shape), 0);
}

function memberBytes({ type }: RecordMember): number {
  return "scalar" in type ? scalarBytes(type.scalar) : recordBytes(type);
}

function recordFields({ members }: RecordType, prefix: string, start: number): RecordField[] {
  const fields: RecordField[] = [];
  let offset = start;
  for (const member of members) {
    const count = elementCount(member.shape);
    const bytes = memberBytes(member);
    const name = `${prefix}${member.name}`;
    for (let i = 0; i < Math.min(count, maxListed); i++) {
      const itemName = member.shape.length === 0 ? name : `${name}[${i}]`;
      fields.push(...memberFields(member, itemName, offset + i * bytes));
    }
    offset += count * bytes;
  }
  return fields;
}

function memberFields({ type }: RecordMember, name: string, offset: number): RecordField[] {
  return "scalar" in type
    ? scalarFields(type.scalar, name, offset, type.endian)
    : recordFields(type, `${name}.`, offset);
}

function recordNumpyType({ members }: RecordType): NumpyType {
  return members.map(({ name, type, shape }) => {
    const inner =
      "scalar" in type
        ? scalarNumpyType(type.scalar, type.endian === "big" ? ">" : "<")
        : recordNumpyType(type);
    return shape.length === 0 ? ([name, inner] as const) : ([name, inner, shape] as const);
  });
}
