import { expect, test } from "vitest";
import { type AskingPage, diagnoseNetworkError, isMixedContent } from "./diagnose.ts";

const page = (change: Partial<AskingPage> = {}): AskingPage => ({
  isOnline: true,
  url: new URL("https://viewer.example/"),
  localNetworkPermission: async () => "granted",
  ...change,
});

/** Counts the requests; answers, or does not. */
function network(isThere: boolean) {
  const asked: string[] = [];
  const fetch = async (input: string | URL | Request) => {
    asked.push(String(input));
    if (!isThere) throw new TypeError("Failed to fetch");
    return new Response("");
  };
  return { asked, fetch };
}

test("an answer that may not be read is CORS, none at all is the network: one request", async () => {
  const there = network(true);
  const url = "https://data.example/a.zarr/zarr.json";
  expect(await diagnoseNetworkError(url, there.fetch, page())).toBe("cors");
  expect(there.asked).toEqual([url]);
  expect(await diagnoseNetworkError(url, network(false).fetch, page())).toBe("network");
});

test.each<[string, string, Partial<AskingPage>]>([
  ["offline", "https://data.example/a", { isOnline: false }],
  ["N28 mixed-content", "http://data.example/a", {}],
  ["N27 local-network", "https://192.168.0.1/a", { localNetworkPermission: async () => "prompt" }],
  [
    "N27 local-network",
    "http://127.0.0.1:8000/a",
    { localNetworkPermission: async () => "denied" },
  ],
])("%s is told without a request (%s)", async (name, url, change) => {
  const { asked, fetch } = network(true);
  const expected = name.split(" ").at(-1);
  expect(await diagnoseNetworkError(url, fetch, page(change))).toBe(expected);
  expect(asked).toEqual([]);
});

test("a page of the local network needs no permission for it; Node has no page", async () => {
  const localNetworkPermission = async () => "prompt" as const;
  const near = page({ url: new URL("http://localhost:8484/"), localNetworkPermission });
  expect(await diagnoseNetworkError("http://10.0.0.1/a", network(true).fetch, near)).toBe("cors");
  const none = page({ url: undefined, localNetworkPermission });
  expect(await diagnoseNetworkError("http://10.0.0.1/a", network(false).fetch, none)).toBe(
    "network",
  );
});

test("http to this computer is no mixed content, nor is http from http", () => {
  const https = new URL("https://viewer.example/");
  expect(isMixedContent("http://127.0.0.1:1/a", https)).toBe(false);
  expect(isMixedContent("http://192.168.1.1/a", https)).toBe(true);
  expect(isMixedContent("https://data.example/a", https)).toBe(false);
  expect(isMixedContent("http://data.example/a", new URL("http://viewer.example/"))).toBe(false);
});
