import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Rule } from "../store/scenario.ts";
import { startStore, type TestStore } from "../store/test-store.ts";
import type { VirtualCodec, VirtualImage } from "../store/virtual-image.ts";
import { flat, sharded } from "./images.ts";
import { codesOf, countKinds, openRig } from "./rig.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
});
afterAll(() => store.close());
beforeEach(() => store.clearLog());

const badKey = "0/c/1/2";

async function readAll(image: VirtualImage, rule: Rule) {
  store.defineVirtual("image", image);
  store.setScenario("case", rule);
  const rig = await openRig(store.url("image", { scenario: "case" }));
  const all = rig.planes(0);
  rig.want(all);
  const states = await rig.settled(all);
  expect(rig.wrongPixels(image, 0, all)).toBe(0);
  return { rig, all, kinds: countKinds(states), codes: codesOf(states) };
}

const codecs: readonly VirtualCodec[] = ["none", "zstd", "gzip", "blosc-lz4"];
for (const codec of codecs) {
  test(`N18 a body of ${codec} cut short by closing the connection, which is legal: found by its length, never shown`, async () => {
    const image = { ...flat, codec, checksum: false };
    const { kinds, codes } = await readAll(image, { key: badKey, cut: { at: 300, how: "close" } });
    expect(kinds).toEqual({ data: 23, corrupt: 1 });
    expect(codes).toEqual(["ZS-CORRUPT"]);
    // Once more past the cache, and no more.
    expect(store.log({ key: /^0\/c\/1\/2$/ })).toHaveLength(2);
  });
}

for (const how of ["length", "chunked"] as const) {
  test(`N17 a body that ends before its end (${how}) is tried four times, then failed; once, and nobody notices`, async () => {
    const rule: Rule = { key: badKey, cut: { at: 300, how } };
    const { kinds, codes } = await readAll(flat, rule);
    expect(kinds).toEqual({ data: 23, error: 1 });
    expect(codes).toEqual(["ZS-TRUNCATED"]);
    expect(store.log({ key: /^0\/c\/1\/2$/ })).toHaveLength(4);
    expect((await readAll(flat, { ...rule, times: 1 })).kinds).toEqual({ data: 24 });
  });
}

test("N15 no answer, or headers or half a body and then silence: tried again after the time-out, then failed; the others do not wait", async () => {
  store.defineVirtual("image", flat);
  const timeouts = { headersMs: 800, stallMs: 800 };
  const silences: readonly Rule[] = [{ hang: true }, { stallAt: 0 }, { stallAt: 300 }];
  // Beside one another, each with a scheduler of its own: they wait most of the time.
  const cases = silences.map(async (rule, index) => {
    const scenario = `silent${index}`;
    store.setScenario(scenario, { key: badKey, ...rule });
    const rig = await openRig(store.url("image", { scenario }), { timeouts });
    const all = rig.planes(0);
    const bad = rig.plane(0, 1, 2);
    rig.want(all);
    const others = await rig.settled(all.filter(({ key }) => key !== bad.key));
    expect(countKinds(others)).toEqual({ data: 23 });
    expect(codesOf(await rig.settled([bad]))).toEqual(["ZS-TIMEOUT"]);
    expect(store.log({ scenario, key: /^0\/c\/1\/2$/ })).toHaveLength(4);
  });
  await Promise.all(cases);
});

test("N23 chunks of gzip that the server compresses once more are right: each layer is undone once", async () => {
  const image: VirtualImage = { ...flat, codec: "gzip", checksum: false };
  expect((await readAll(image, { key: "0/c/**", encoding: "gzip" })).kinds).toEqual({ data: 24 });
  // Metadata are text, and compressed by many servers.
  expect((await readAll(flat, { encoding: "gzip" })).kinds).toEqual({ data: 24 });
});

test("N23 a body that is said to be gzip and is not is failed, never shown", async () => {
  const image: VirtualImage = { ...flat, codec: "zstd", checksum: false };
  const { kinds, codes } = await readAll(image, { key: badKey, encoding: "false-gzip" });
  expect(kinds).toEqual({ data: 23, error: 1 });
  expect(codes).toEqual(["ZS-TRUNCATED"]);
});

test("N23 a chunk of gzip that the server calls Content-Encoding, so that the browser undoes its only layer, is corrupt", async () => {
  const image: VirtualImage = { ...flat, codec: "gzip", checksum: false };
  const { kinds } = await readAll(image, { key: badKey, encoding: "false-gzip" });
  expect(kinds).toEqual({ data: 23, corrupt: 1 });
});

for (const [name, rule] of [
  ["HEAD refused with 405", { head: "refuse" }],
  [
    "HEAD refused, and the ranges' total not to be seen",
    { head: "refuse", headers: { "Content-Range": "" } },
  ],
] as const) {
  test(`R05 ${name}: the shard's index is found all the same, and no absurd range is asked for`, async () => {
    const { kinds } = await readAll(sharded, { key: "0/c/**", ...rule });
    expect(kinds).toEqual({ data: 32 });
    for (const { range } of store.log({ key: /^0\/c\// })) {
      expect(range ?? "bytes=0-0").toMatch(/^bytes=(\d+-\d+|-\d+)$/);
    }
  });
}

test("R11 the index in front of the shard: right, with the index read first and no question about the length", async () => {
  const image: VirtualImage = { ...sharded, indexLocation: "start" };
  expect((await readAll(image, {})).kinds).toEqual({ data: 32 });
  const log = store.log({ key: /^0\/c\/0\/0$/ });
  expect(log[0]?.range).toMatch(/^bytes=0-\d+$/);
  expect(log.filter(({ method }) => method === "HEAD")).toEqual([]);
});
