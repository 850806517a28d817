import { expect, test } from "vitest";
import { SharedProbe } from "./shared-probe.ts";

/** A question that is answered by hand; the answers are the numbers of the questions. */
function byHand() {
  const waiting: ((failed?: Error) => void)[] = [];
  let asked = 0;
  const probe = new SharedProbe<number>(() => {
    const number = ++asked;
    return new Promise((resolve, reject) => {
      waiting.push((failed) => (failed ? reject(failed) : resolve(number)));
    });
  });
  return { probe, asked: () => asked, answer: (failed?: Error) => waiting.shift()?.(failed) };
}

test("N05 who asks while a question is under way gets the answer to the next one, which all of them share", async () => {
  const { probe, asked, answer } = byHand();
  const first = probe.answer();
  const [second, third] = [probe.answer(), probe.answer()];
  expect(asked()).toBe(1);
  answer();
  expect(await first).toBe(1);
  await Promise.resolve();
  answer();
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  expect(asked()).toBe(2);
  const fourth = probe.answer();
  answer();
  expect(await fourth).toBe(3);
});

test("a question that fails keeps nobody from asking again", async () => {
  const { probe, answer } = byHand();
  const first = probe.answer();
  const second = probe.answer();
  answer(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  await new Promise((resolve) => setTimeout(resolve));
  answer();
  expect(await second).toBe(2);
});
