import { describe, expect, it } from "vitest";
import { ProgressLine } from "./progress-line.ts";

function told(isTTY: boolean) {
  let now = 0;
  const written: string[] = [];
  const output = { isTTY, write: (text: string) => written.push(text) };
  const line = new ProgressLine(output, () => now);
  const at = (ms: number, done: number) => {
    now = ms;
    line.update(done, 400, done * 1_000_000);
  };
  return { line, at, written };
}

describe("progress of a read", () => {
  it("keeps one line of a terminal up to date, and takes it away", () => {
    const { line, at, written } = told(true);
    at(10, 1);
    expect(written).toEqual([]);
    at(800, 100);
    at(850, 110);
    at(950, 133);
    expect(written).toEqual([
      "\r\u001b[2K100 of 400 chunks, 25 %, 100 MB",
      "\r\u001b[2K133 of 400 chunks, 33 %, 133 MB",
    ]);
    line.clear();
    line.clear();
    expect(written.slice(2)).toEqual(["\r\u001b[2K"]);
  });

  it("is a line now and then in a file, without control characters", () => {
    const { line, at, written } = told(false);
    for (let ms = 0; ms <= 25_000; ms += 500) at(ms, ms / 100);
    line.clear();
    expect(written.length).toBe(2);
    for (const text of written) expect(text).toMatch(/^\d+ of 400 chunks, \d+ %, \d+ [kM]?B\n$/);
  });

  it("says nothing of short reads", () => {
    const { line, at, written } = told(true);
    at(0, 1);
    at(600, 400);
    line.clear();
    expect(written).toEqual([]);
  });
});
