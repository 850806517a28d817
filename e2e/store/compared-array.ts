import type { Store } from "../../src/zarr/store/store.ts";
import { readWhole } from "./array-reading.ts";
import type { Comparison } from "./zarrita-differences.ts";
import { readWithZarrita } from "./zarrita-reading.ts";

/** Reads the array at a store's root twice, here and with zarrita. @param expected what is known to be in it */
export async function compared(
  name: string,
  store: Store,
  expected: Uint8Array | undefined,
): Promise<Comparison> {
  const ours = await readWhole(store);
  const format = ours.kind === "read" && ours.metadata.zarrFormat !== 3 ? 2 : 3;
  const theirs = await readWithZarrita(store, format);
  const isEmpty = ours.kind === "read" && ours.metadata.shape.includes(0);
  const reference = isEmpty ? new Uint8Array(0) : expected;
  const isReference = reference && ((bytes: Uint8Array) => Buffer.from(bytes).equals(reference));
  return { name, ours, theirs, isReference };
}
