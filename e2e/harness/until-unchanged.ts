import { setTimeout } from "node:timers/promises";
import { expect } from "@playwright/test";

/** Waits until what is read has been the same for so many milliseconds, and returns it. */
export async function untilUnchanged<T>(read: () => T | Promise<T>, forMs: number): Promise<T> {
  let last = await read();
  await expect(async () => {
    const earlier = last;
    await setTimeout(forMs);
    last = await read();
    expect<unknown>(last).toEqual(earlier);
  }).toPass();
  return last;
}
