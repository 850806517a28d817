import { expect, it } from "vitest";
import type { LoggedRequest } from "../e2e/store/request-log.ts";
import { replayPlan } from "./replay-plan.ts";
import { formatReport, medianRun } from "./report.ts";

function request(url: string, startMs: number, endMs: number, change: Partial<LoggedRequest> = {}) {
  const entry = { method: "GET", url, startMs, endMs, range: undefined, aborted: false };
  return { ...entry, ...change } as LoggedRequest;
}

it("a request waits for all that had ended before it started", () => {
  const log = [
    request("/zarr.json", 0, 30),
    request("/0/zarr.json", 31, 61),
    request("/1/zarr.json", 31, 62),
    request("/0/c", 61.5, 95, { range: "bytes=0-9" }),
    request("/1/c", 70, 99),
  ];
  expect(replayPlan(log, ({ url }) => url)).toEqual([
    { method: "GET", url: "/zarr.json", range: undefined, after: [] },
    { method: "GET", url: "/0/zarr.json", range: undefined, after: [0] },
    { method: "GET", url: "/1/zarr.json", range: undefined, after: [0] },
    { method: "GET", url: "/0/c", range: "bytes=0-9", after: [0, 1] },
    { method: "GET", url: "/1/c", range: undefined, after: [0, 1, 2] },
  ]);
});

it("what was aborted is not fetched again", () => {
  const log = [request("/a", 0, 10, { aborted: true }), request("/b", 11, 20)];
  expect(replayPlan(log, ({ url }) => url)).toEqual([
    { method: "GET", url: "/b", range: undefined, after: [] },
  ]);
});

it("reports medians, and ratios to our own lane", () => {
  const run = (finalMs: number) => ({ finalMs, requests: 10, bytes: 2e6, blockedMs: 5 });
  expect(medianRun([run(300), run(100), run(200)]).finalMs).toBe(200);
  expect(medianRun([run(100), run(200)]).finalMs).toBe(150);
  const report = formatReport("mosaic", [
    { name: "zarrscope", runs: [run(200)] },
    { name: "viv", runs: [run(500)] },
    { name: "floor", runs: [], failure: "why" },
  ]);
  expect(report).toMatch(/viv +500 ms \(500–500\) +10 requests +2\.0 MB +blocked 5 ms +2\.50×/);
  expect(report).toContain("not measured: why");
});
