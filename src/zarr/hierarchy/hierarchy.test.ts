import { describe, expect, test } from "vitest";
import { parseJson } from "../array/parse-json.ts";
import type { JsonValue } from "../json.ts";
import { MetadataError } from "../problem.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { type NodePath, nodePath, rootPath } from "../store/node-path.ts";
import type { Store, StoreReadOptions } from "../store/store.ts";
import { StoreError, type StoreErrorKind } from "../store/store-error.ts";
import { openHierarchy } from "./hierarchy.ts";

type Entries = { [key: string]: JsonValue | string };
type Fault = { kind: StoreErrorKind; status?: number; times?: number };

/** A store in memory that counts rounds of requests and fails where it is told to. */
class TestStore implements Store {
  readonly spec: Store["spec"];
  readonly origin = "test";
  readonly requests: string[] = [];
  /** Requests that were under way together, round by round. */
  readonly rounds: string[][] = [];
  readonly #memory: MemoryStore;
  readonly #faults: Map<string, Fault>;
  #round: string[] | undefined;

  constructor(entries: Entries, faults: { [key: string]: Fault } = {}) {
    const encode = (value: JsonValue) =>
      new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
    const bytes = Object.entries(entries).map(([key, value]) => [key, encode(value)] as const);
    this.#memory = new MemoryStore("test", new Map(bytes));
    this.#faults = new Map(Object.entries(faults));
    this.spec = this.#memory.spec;
  }

  async get(path: NodePath, options?: StoreReadOptions) {
    this.requests.push(path);
    if (this.#round === undefined) {
      this.#round = [];
      this.rounds.push(this.#round);
      setTimeout(() => {
        this.#round = undefined;
      }, 0);
    }
    this.#round.push(path);
    await new Promise((resolve) => setTimeout(resolve, 1));
    options?.signal?.throwIfAborted();
    const fault = this.#faults.get(path) ?? this.#faults.get("*");
    if (fault !== undefined && (fault.times ?? 1) > 0) {
      if (fault.times !== undefined) fault.times--;
      const { kind, status } = fault;
      throw new StoreError(kind, `${kind} at ${path}`, {
        url: `test:${path}`,
        ...(status === undefined ? {} : { status }),
      });
    }
    return this.#memory.get(path, options);
  }

  async size() {
    return undefined;
  }
}

const arrayV2: JsonValue = {
  zarr_format: 2,
  shape: [8, 8],
  chunks: [4, 4],
  dtype: "<u8",
  compressor: null,
  fill_value: 7,
  order: "C",
  filters: null,
};
const arrayV3: JsonValue = {
  zarr_format: 3,
  node_type: "array",
  shape: [8, 8],
  data_type: "uint64",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [4, 4] } },
  chunk_key_encoding: { name: "default" },
  fill_value: 7,
  codecs: [{ name: "bytes", configuration: { endian: "little" } }],
};
const groupV3 = (attributes: JsonValue, more: { [key: string]: JsonValue } = {}): JsonValue => ({
  zarr_format: 3,
  node_type: "group",
  attributes,
  ...more,
});
const image: JsonValue = { multiscales: [{ datasets: [{ path: "0" }] }] };
const zgroup: JsonValue = { zarr_format: 2 };
const s0 = nodePath("0");
const noDelay = { delayMs: () => 0 };

const v2Image: Entries = { ".zgroup": zgroup, ".zattrs": image, "0/.zarray": arrayV2 };
const v3Image: Entries = { "zarr.json": groupV3({ ome: image }), "0/zarr.json": arrayV3 };

describe("finding nodes", () => {
  test("a v3 image: one round for the root, one request for each node below", async () => {
    const store = new TestStore(v3Image);
    const hierarchy = openHierarchy(store);
    expect(store.requests).toEqual([]);
    expect(await hierarchy.node(rootPath)).toEqual({
      kind: "group",
      zarrFormat: 3,
      path: "",
      attributes: { ome: image },
      problems: [],
    });
    expect(hierarchy.zarrFormat).toBe(3);
    expect(store.rounds).toHaveLength(1);
    expect(store.requests.length).toBeLessThanOrEqual(6);
    const before = store.requests.length;
    expect(await hierarchy.node(s0)).toMatchObject({
      kind: "array",
      metadata: { zarrFormat: 3, path: "0", fillValue: 7n },
    });
    expect(store.requests.slice(before)).toEqual(["0/zarr.json"]);
  });

  test("a v2 image: one round for the root, v2's documents alone below", async () => {
    const store = new TestStore(v2Image);
    const hierarchy = openHierarchy(store);
    expect(await hierarchy.node(rootPath)).toMatchObject({
      kind: "group",
      zarrFormat: 2,
      attributes: image,
      problems: [],
    });
    expect(store.rounds).toHaveLength(1);
    const before = store.requests.length;
    expect(await hierarchy.node(s0, { expect: "array" })).toMatchObject({
      kind: "array",
      metadata: { zarrFormat: 2, path: "0" },
    });
    expect(store.requests.slice(before).sort()).toEqual(["0/.zarray", "0/.zattrs"]);
    expect(store.rounds).toHaveLength(2);
  });

  test("an expectation that is wrong costs a request, not the node", async () => {
    const entries = { ...v2Image, "g/.zgroup": zgroup, "g/.zattrs": { a: 1 } };
    const hierarchy = openHierarchy(new TestStore(entries));
    await hierarchy.node(rootPath);
    expect(await hierarchy.node(nodePath("g"), { expect: "array" })).toMatchObject({
      kind: "group",
      attributes: { a: 1 },
    });
    expect(await hierarchy.node(s0, { expect: "group" })).toMatchObject({ kind: "array" });
  });

  test("nothing is requested twice, not even at the same time", async () => {
    for (const entries of [v2Image, v3Image]) {
      const store = new TestStore(entries);
      const hierarchy = openHierarchy(store);
      await Promise.all([hierarchy.node(rootPath), hierarchy.node(rootPath)]);
      await Promise.all([hierarchy.node(s0), hierarchy.node(s0), hierarchy.node(nodePath("1"))]);
      await hierarchy.node(nodePath("1"));
      expect(new Set(store.requests).size).toBe(store.requests.length);
    }
  });

  test("an array may be the root", async () => {
    for (const entries of [{ ".zarray": arrayV2 }, { "zarr.json": arrayV3 }]) {
      const node = await openHierarchy(new TestStore(entries)).node(rootPath);
      expect(node).toMatchObject({ kind: "array", metadata: { path: "" } });
    }
  });

  test("a v2 group may lack .zgroup or .zattrs", async () => {
    const withoutGroup = await openHierarchy(new TestStore({ ".zattrs": image })).node(rootPath);
    expect(withoutGroup).toMatchObject({
      kind: "group",
      attributes: image,
      problems: [{ code: "Z2-01", path: ".zgroup#" }],
    });
    const bare = await openHierarchy(new TestStore({ ".zgroup": zgroup })).node(rootPath);
    expect(bare).toMatchObject({ kind: "group", attributes: {}, problems: [] });
  });

  test("N5-10: a v3 group without attributes gives way to v2 beside it, and only to that", async () => {
    const both = openHierarchy(new TestStore({ ...v2Image, "zarr.json": groupV3({}) }));
    expect(await both.node(rootPath)).toMatchObject({
      zarrFormat: 2,
      attributes: image,
      problems: [{ code: "N5-10", severity: "info" }],
    });
    const plain = openHierarchy(new TestStore({ "zarr.json": groupV3({}), ".zgroup": zgroup }));
    expect(await plain.node(rootPath)).toMatchObject({ zarrFormat: 3 });
    const preferred = openHierarchy(new TestStore({ ...v2Image, ...v3Image }));
    expect(await preferred.node(rootPath)).toMatchObject({ zarrFormat: 3 });
  });

  test("N5-10: children in the other format are found", async () => {
    const hierarchy = openHierarchy(
      new TestStore({ "zarr.json": groupV3({ ome: image }), "0/.zarray": arrayV2 }),
    );
    await hierarchy.node(rootPath);
    expect(await hierarchy.node(s0)).toMatchObject({ kind: "array", metadata: { zarrFormat: 2 } });
  });

  test("ZA-06: a spurious zarr.json beside v2 is passed over with a warning", async () => {
    for (const spurious of ["not JSON", { name: "package" }]) {
      const hierarchy = openHierarchy(new TestStore({ ...v2Image, "zarr.json": spurious }));
      expect(await hierarchy.node(rootPath)).toMatchObject({
        zarrFormat: 2,
        problems: [{ severity: "warning" }],
      });
    }
  });

  test("Z3-12: large integers arrive exactly", async () => {
    const text = JSON.stringify(arrayV3).replace(
      '"fill_value":7',
      '"fill_value":18446744073709551615',
    );
    const node = await openHierarchy(new TestStore({ "zarr.json": text })).node(rootPath);
    expect(node).toMatchObject({ metadata: { fillValue: 18446744073709551615n } });
  });
});

describe("consolidated metadata", () => {
  const consolidatedV2 = (metadata: JsonValue): JsonValue => ({
    zarr_consolidated_format: 1,
    metadata,
  });
  const inline = (metadata: JsonValue): JsonValue => ({
    kind: "inline",
    must_understand: false,
    metadata,
  });

  test("Z2-09: groups that the copies tell of are known without asking", async () => {
    const metadata = {
      ".zgroup": { zarr_format: 2 },
      "labels/.zgroup": { zarr_format: 2 },
      "labels/a/.zgroup": { zarr_format: 2 },
      "labels/a/0/.zarray": arrayV2,
      "labels2/.zgroup": { zarr_format: 2 },
      "labels/../../x/.zgroup": { zarr_format: 2 },
    };
    const store = new TestStore({
      ".zgroup": { zarr_format: 2 },
      ".zmetadata": consolidatedV2(metadata),
    });
    const hierarchy = openHierarchy(store);
    await hierarchy.node(rootPath);
    await hierarchy.node(nodePath("labels"));
    const before = store.requests.length;
    expect(await hierarchy.groupsBelow(nodePath("labels"))).toEqual(["labels/a"]);
    expect(await hierarchy.arraysBelow(rootPath)).toEqual(["labels/a/0"]);
    expect(store.requests).toHaveLength(before);
  });

  test("Z3-07: also those of v3", async () => {
    const group = (metadata: JsonValue) => ({ kind: "inline", must_understand: false, metadata });
    const empty = { zarr_format: 3, node_type: "group", attributes: {} };
    const members = { labels: empty, "labels/a": empty, "labels/a/0": { node_type: "array" } };
    const store = new TestStore({
      "zarr.json": { ...empty, consolidated_metadata: group(members) },
    });
    const hierarchy = openHierarchy(store);
    await hierarchy.node(rootPath);
    expect(await hierarchy.groupsBelow(nodePath("labels"))).toEqual(["labels/a"]);
    expect(await hierarchy.arraysBelow(nodePath("labels"))).toEqual(["labels/a/0"]);
  });

  test("Z2-09: .zmetadata stands in for the documents below the root", async () => {
    const metadata = { ".zgroup": zgroup, "0/.zarray": arrayV2, "0/.zattrs": { a: 1 } };
    const store = new TestStore({ ...v2Image, ".zmetadata": consolidatedV2(metadata) });
    const hierarchy = openHierarchy(store);
    await hierarchy.node(rootPath);
    const before = store.requests.length;
    expect(await hierarchy.node(s0)).toMatchObject({
      kind: "array",
      metadata: { fillValue: 7n, attributes: { a: 1 } },
    });
    expect(store.requests.length).toBe(before);
  });

  test("Z2-09: large integers and NaN in .zmetadata", async () => {
    const text = JSON.stringify(consolidatedV2({ "0/.zarray": arrayV2, "0/.zattrs": { a: "NAN" } }))
      .replace('"fill_value":7', '"fill_value":18446744073709551615')
      .replace('"NAN"', "NaN");
    const hierarchy = openHierarchy(
      new TestStore({ ".zgroup": zgroup, ".zattrs": image, ".zmetadata": text }),
    );
    await hierarchy.node(rootPath);
    expect(await hierarchy.node(s0)).toMatchObject({
      metadata: { fillValue: 18446744073709551615n, attributes: { a: Number.NaN } },
    });
  });

  test("Z2-09: what is missing from it, stale or unreadable in it is asked for directly", async () => {
    const broken: JsonValue[] = [
      consolidatedV2({}),
      consolidatedV2({ "0/.zarray": { ...(arrayV2 as object), dtype: "<c8" } }),
      consolidatedV2({ "0/.zarray": [] }),
      consolidatedV2(null),
      { zarr_consolidated_format: 2, metadata: {} },
      "{ not JSON",
    ];
    for (const document of broken) {
      const hierarchy = openHierarchy(new TestStore({ ...v2Image, ".zmetadata": document }));
      await hierarchy.node(rootPath);
      expect(await hierarchy.node(s0)).toMatchObject({ kind: "array" });
    }
  });

  test("names that every object has are no members", async () => {
    const store = new TestStore({
      ...v3Image,
      "zarr.json": groupV3({ a: 1 }, { consolidated_metadata: inline({ x: 1 }) }),
    });
    const hierarchy = openHierarchy(store);
    await hierarchy.node(rootPath);
    expect(await hierarchy.node(nodePath("constructor"))).toBeUndefined();
    expect(await hierarchy.node(nodePath("__proto__"))).toBeUndefined();
  });

  test("Z3-07: inline metadata stand in, nested ones too, with large integers", async () => {
    const nested = groupV3({ b: 1 }, { consolidated_metadata: inline({ "0": arrayV3 }) });
    const text = JSON.stringify(
      groupV3({ a: 1 }, { consolidated_metadata: inline({ "0": arrayV3, g: nested }) }),
    );
    const store = new TestStore({
      "zarr.json": text.replaceAll('"fill_value":7', '"fill_value":18446744073709551615'),
    });
    const hierarchy = openHierarchy(store);
    await hierarchy.node(rootPath);
    const before = store.requests.length;
    const exact = { metadata: { fillValue: 18446744073709551615n } };
    expect(await hierarchy.node(s0)).toMatchObject(exact);
    expect(await hierarchy.node(nodePath("g"))).toMatchObject({ attributes: { b: 1 } });
    expect(await hierarchy.node(nodePath("g/0"))).toMatchObject(exact);
    expect(store.requests.length).toBe(before);
  });

  test("Z3-07: null, empty, partial and stale ones fall back to the documents", async () => {
    const odd: JsonValue[] = [
      null,
      inline({}),
      inline({ "1": arrayV3 }),
      inline({ "0": { zarr_format: 9 } }),
      { kind: "x" },
    ];
    for (const consolidated_metadata of odd) {
      const root = groupV3({ ome: image }, { consolidated_metadata });
      const hierarchy = openHierarchy(new TestStore({ ...v3Image, "zarr.json": root }));
      expect(await hierarchy.node(rootPath)).toMatchObject({ problems: [] });
      expect(await hierarchy.node(s0)).toMatchObject({ kind: "array" });
    }
  });

  test("documents over 256 kB are parsed elsewhere", async () => {
    const long = { ome: image, note: "x".repeat(300_000) };
    const parsed: string[] = [];
    const elsewhere = async (bytes: Uint8Array<ArrayBuffer>, where: string) => {
      parsed.push(where);
      return parseJson(bytes, where);
    };
    const entries = { ...v3Image, "zarr.json": groupV3(long) };
    const hierarchy = openHierarchy(new TestStore(entries), { parseJson: elsewhere });
    expect(await hierarchy.node(rootPath)).toMatchObject({ attributes: long });
    await hierarchy.node(s0);
    expect(parsed).toEqual(["zarr.json"]);
    const failing = openHierarchy(new TestStore(entries), {
      parseJson: () => Promise.reject(new Error("worker gone")),
    });
    await expect(failing.node(rootPath)).rejects.toThrow(MetadataError);
  });
});

describe("when nothing can be read", () => {
  test("N01: nothing there: undefined, and all that was tried, in at most 6 requests", async () => {
    const store = new TestStore({ "other.txt": "x" });
    const hierarchy = openHierarchy(store);
    expect(await hierarchy.node(rootPath)).toBeUndefined();
    expect(store.requests.length).toBeLessThanOrEqual(6);
    const tried = hierarchy.attempts.filter(({ outcome }) => outcome === "missing");
    expect(tried.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["zarr.json", ".zattrs", ".zgroup", ".zarray"]),
    );
    expect(hierarchy.zarrFormat).toBeUndefined();
  });

  test("N19, ZH-03: web pages count as missing, and are remembered", async () => {
    const hierarchy = openHierarchy(new TestStore({}, { "*": { kind: "html" } }));
    expect(await hierarchy.node(rootPath)).toBeUndefined();
    expect(hierarchy.attempts.every(({ outcome }) => outcome === "html")).toBe(true);
    const v2 = openHierarchy(new TestStore(v2Image, { "zarr.json": { kind: "html" } }));
    expect(await v2.node(rootPath)).toMatchObject({ zarrFormat: 2 });
  });

  test("N04: a denial of everything is a denial", async () => {
    const denied = openHierarchy(new TestStore({}, { "*": { kind: "denied", status: 403 } }));
    await expect(denied.node(rootPath)).rejects.toMatchObject({ kind: "denied" });
  });

  test("ZH-01: beside something readable a denial means missing", async () => {
    const faults = {
      "zarr.json": { kind: "denied" },
      ".zarray": { kind: "denied" },
      ".zmetadata": { kind: "denied" },
      "0/.zattrs": { kind: "denied" },
      "1/.zarray": { kind: "denied" },
    } as const;
    const hierarchy = openHierarchy(new TestStore(v2Image, faults));
    expect(await hierarchy.node(rootPath)).toMatchObject({ zarrFormat: 2, attributes: image });
    expect(await hierarchy.node(s0)).toMatchObject({ kind: "array" });
    expect(await hierarchy.node(nodePath("1"))).toBeUndefined();
  });

  test("N02: a server that omits CORS on its 404s is read as v2", async () => {
    const faults = {
      "zarr.json": { kind: "network" },
      ".zarray": { kind: "network" },
      ".zmetadata": { kind: "network" },
      "0/.zattrs": { kind: "network" },
      "0/.zgroup": { kind: "network" },
    } as const;
    const hierarchy = openHierarchy(new TestStore(v2Image, faults), noDelay);
    expect(await hierarchy.node(rootPath)).toMatchObject({
      zarrFormat: 2,
      problems: [{ code: "ZS-UNREADABLE", severity: "info", path: "zarr.json" }],
    });
    expect(await hierarchy.node(s0)).toMatchObject({
      kind: "array",
      problems: [{ code: "ZS-UNREADABLE", path: "0/.zattrs" }],
    });
  });

  test("without any answer the network error comes through, after two tries of each key", async () => {
    const store = new TestStore({}, { "*": { kind: "network" } });
    await expect(openHierarchy(store, noDelay).node(rootPath)).rejects.toMatchObject({
      kind: "network",
    });
    expect(store.requests.filter((key) => key === "zarr.json")).toHaveLength(2);
  });

  test("a busy server is asked again, at most four times", async () => {
    const recovering = new TestStore(v3Image, {
      "zarr.json": { kind: "status", status: 503, times: 3 },
    });
    expect(await openHierarchy(recovering, noDelay).node(rootPath)).toMatchObject({
      kind: "group",
    });
    const down = new TestStore({}, { "*": { kind: "status", status: 503 } });
    await expect(openHierarchy(down, noDelay).node(rootPath)).rejects.toMatchObject({
      status: 503,
    });
    expect(down.requests.filter((key) => key === "zarr.json")).toHaveLength(4);
    const refused = new TestStore({}, { "*": { kind: "status", status: 400 } });
    await expect(openHierarchy(refused).node(rootPath)).rejects.toMatchObject({ status: 400 });
    expect(refused.requests.filter((key) => key === "zarr.json")).toHaveLength(1);
  });

  test("a group whose attributes cannot be read is not taken for an empty one", async () => {
    const store = new TestStore(v2Image, { ".zattrs": { kind: "status", status: 500 } });
    await expect(openHierarchy(store, noDelay).node(rootPath)).rejects.toMatchObject({
      status: 500,
    });
    const broken = new TestStore({ ...v2Image, ".zattrs": "{" });
    await expect(openHierarchy(broken).node(rootPath)).rejects.toThrow('".zattrs" is not JSON');
  });

  test("what failed may be asked for again", async () => {
    const store = new TestStore(v3Image, { "0/zarr.json": { kind: "network", times: 2 } });
    const hierarchy = openHierarchy(store, noDelay);
    await hierarchy.node(rootPath);
    await expect(hierarchy.node(s0)).rejects.toMatchObject({ kind: "network" });
    expect(await hierarchy.node(s0)).toMatchObject({ kind: "array" });
  });

  test("Z1-01: a v1 array is found where nothing of v2 and v3 is", async () => {
    const meta = { zarr_format: 1, shape: [4], chunks: [2], dtype: "<u2", fill_value: 7 };
    const store = new TestStore({ meta, attrs: { a: 1 } });
    const hierarchy = openHierarchy(store);
    expect(await hierarchy.node(rootPath)).toMatchObject({
      kind: "array",
      metadata: { zarrFormat: 1, dataType: "uint16", fillValue: 7, attributes: { a: 1 } },
    });
    expect(hierarchy.zarrFormat).toBe(1);
    expect(store.requests.slice(-2)).toEqual(["meta", "attrs"]);
  });

  test("Z1-01: what is called meta but is none is passed over; attrs that are missing are noted", async () => {
    const other = openHierarchy(new TestStore({ meta: { title: "a web site" } }));
    expect(await other.node(rootPath)).toBeUndefined();
    const meta = {
      zarr_format: 1,
      shape: [4],
      chunks: [2],
      dtype: "<u2",
      fill_value: 7,
      order: "C",
    };
    const bare = await openHierarchy(new TestStore({ meta })).node(rootPath);
    expect(bare?.problems).toMatchObject([{ code: "Z1-01", path: "attrs#" }]);
  });

  test("an array that is refused says why, without asking for the other format", async () => {
    const entries = {
      ...v3Image,
      "0/zarr.json": { ...(arrayV3 as object), data_type: "bfloat16" },
    };
    const store = new TestStore(entries);
    const hierarchy = openHierarchy(store);
    await hierarchy.node(rootPath);
    const before = store.requests.length;
    await expect(hierarchy.node(s0)).rejects.toThrow('"bfloat16"');
    expect(store.requests.slice(before)).toEqual(["0/zarr.json"]);
  });

  test("an abort ends the reading as it is", async () => {
    const controller = new AbortController();
    const hierarchy = openHierarchy(new TestStore(v2Image), { signal: controller.signal });
    const node = hierarchy.node(rootPath);
    const reason = new DOMException("closed", "AbortError");
    controller.abort(reason);
    await expect(node).rejects.toBe(reason);
  });
});

describe("what is optional", () => {
  test("is asked for in the hierarchy's own format alone, and is no answer for who asks in full", async () => {
    const empty = { zarr_format: 3, node_type: "group", attributes: {} };
    const store = new TestStore({ "zarr.json": empty, "labels/.zgroup": { zarr_format: 2 } });
    const hierarchy = openHierarchy(store);
    await hierarchy.node(rootPath);
    const labels = nodePath("labels");
    const before = store.requests.length;
    expect(await hierarchy.node(labels, { onlyFormat: "own" })).toBeUndefined();
    expect(store.requests.slice(before)).toEqual(["labels/zarr.json"]);
    expect(await hierarchy.node(labels)).toMatchObject({ kind: "group", zarrFormat: 2 });
  });
});

describe("integers that JSON numbers cannot hold", () => {
  test.each([
    [".zattrs", "", 2],
    ["zarr.json", "attributes", 3],
  ])("are there beside a group's attributes, by pointer: %s", async (file, key, zarrFormat) => {
    const attributes = '{"ids":[1,9007199254740993],"fill_value":18446744073709551615}';
    const document = key
      ? `{"zarr_format":3,"node_type":"group","${key}":${attributes}}`
      : attributes;
    const store = new TestStore({ [file]: document });
    const node = await openHierarchy(store).node(rootPath);
    expect(node).toMatchObject({ kind: "group", zarrFormat });
    expect(node?.kind === "group" && [...(node.exactIntegers ?? [])]).toEqual([
      ["/ids/1", 9007199254740993n],
      ["/fill_value", 18446744073709551615n],
    ]);
  });
});
