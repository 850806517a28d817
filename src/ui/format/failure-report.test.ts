import { expect, it } from "vitest";
import { failureReport } from "./failure-report.ts";

const failure = {
  code: "ZS-CORS",
  title: "This server does not allow other sites to read it (CORS).",
  detail: "Asked for https://data.example/a.zarr/zarr.json.",
  action: "Whoever runs the server can allow it.",
};

it("says what happened, where, and what to do, without signature, fragment or password", () => {
  const url = "https://me:secret@data.example/a.zarr?X-Amz-Signature=abc#token=def";
  const report = failureReport(failure, url, "a browser");
  expect(report.split("\n")).toEqual([
    "Zarrscope: ZS-CORS",
    failure.title,
    "Source: https://data.example/a.zarr",
    failure.detail,
    `What to do: ${failure.action}`,
    "Browser: a browser",
  ]);
  expect(failureReport(failure, "secret words", "a browser")).not.toContain("secret");
});
