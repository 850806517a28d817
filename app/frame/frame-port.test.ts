import { afterEach, describe, expect, it, vi } from "vitest";
import type { FrameReply, FrameState } from "../embed/protocol.ts";
import { type FrameHost, serveFramePort } from "./frame-port.ts";
import { acceptEmbedder } from "./port-handshake.ts";

const state: FrameState = {
  source: "https://h.org/a.zarr",
  view: { target: [1, 2], zoom: 3 },
  axes: ["y", "x"],
  selection: { z: 1 },
  channels: [],
  greyscale: false,
  labels: null,
  well: null,
};

function fakeHost(change: Partial<FrameHost> = {}) {
  return {
    version: "1.2.3",
    isTrusted: vi.fn(() => false),
    getState: () => state,
    setState: vi.fn(async () => {}),
    valueAt: vi.fn(async () => ({ level: 0, values: [{ channel: 0, value: 7 }] })),
    screenshot: vi.fn(async () => new Uint8Array([1, 2, 3]).buffer),
    watch: vi.fn(() => () => {}),
    ...change,
  } satisfies FrameHost;
}

const opened: MessagePort[] = [];
afterEach(() => {
  for (const port of opened.splice(0)) port.close();
});

/** The other end of a served port; `ask` waits for the answer to its own number. */
function connected(host: FrameHost) {
  const { port1, port2 } = new MessageChannel();
  opened.push(port1, port2);
  const replies: FrameReply[] = [];
  const waiting = new Map<number, (reply: FrameReply) => void>();
  port1.onmessage = ({ data }: MessageEvent<FrameReply>) => {
    replies.push(data);
    if ("id" in data) waiting.get(data.id)?.(data);
  };
  serveFramePort(port2, host);
  let lastId = 0;
  return {
    replies,
    ask: (method: unknown, params?: unknown, id: number = ++lastId) =>
      new Promise<FrameReply>((resolve) => {
        waiting.set(id, resolve);
        port1.postMessage({ id, method, params });
      }),
    post: (message: unknown) => port1.postMessage(message),
  };
}

describe("a connected page", () => {
  it("is greeted with the version, may read and set the view", async () => {
    const host = fakeHost();
    const { ask, replies } = connected(host);
    expect(await ask("getState")).toMatchObject({ type: "result", result: state });
    expect(replies[0]).toEqual({ type: "welcome", v: 1, version: "1.2.3" });
    expect(await ask("setState", { view: { zoom: 1 } })).toMatchObject({ type: "result" });
    expect(host.setState).toHaveBeenCalledWith({ view: { zoom: 1 } });
  });

  it("E03: gets pixels, pictures and another source only if it is trusted", async () => {
    const asked = [
      ["valueAt", { x: 1, y: 2 }],
      ["screenshot", {}],
      ["setState", { source: "https://h.org/b.zarr" }],
    ] as const;
    const stranger = fakeHost();
    const { ask } = connected(stranger);
    for (const [method, params] of asked) {
      expect(await ask(method, params)).toMatchObject({ type: "error", code: "refused" });
    }
    expect(stranger.valueAt).not.toHaveBeenCalled();
    expect(stranger.screenshot).not.toHaveBeenCalled();
    expect(stranger.setState).not.toHaveBeenCalled();

    const friend = connected(fakeHost({ isTrusted: () => true }));
    for (const [method, params] of asked) {
      expect(await friend.ask(method, params), method).toMatchObject({ type: "result" });
    }
  });

  it("E02: gets nothing done by what is malformed, too large or too deep", async () => {
    const host = fakeHost({ isTrusted: () => true });
    const { ask, post } = connected(host);
    for (const [method, params] of [
      ["evaluate", "1+1"],
      ["__proto__", {}],
      ["valueAt", { x: "1", y: 2 }],
      ["valueAt", { x: Number.NaN, y: 2 }],
      ["valueAt", { x: 1, y: 2, z: 3 }],
      ["screenshot", { scale: 40 }],
      ["subscribe", { event: "keys" }],
    ] as const) {
      expect(await ask(method, params)).toMatchObject({ type: "error", code: "malformed" });
    }
    const large = { source: "x".repeat(10 * 2 ** 20) };
    expect(await ask("setState", large)).toMatchObject({ type: "error", code: "too-large" });
    let deep: unknown = {};
    for (let i = 0; i < 1000; i++) deep = { deep };
    expect(await ask("setState", deep)).toMatchObject({ type: "error", code: "too-large" });
    for (const message of [null, 1, "x", [], new Map(), { id: -1 }, { id: {} }]) post(message);
    expect(await ask("getState")).toMatchObject({ type: "result" });
    expect(host.valueAt).not.toHaveBeenCalled();
    expect(host.setState).not.toHaveBeenCalled();
  });

  it("E02: is served about 50 times a second, whatever it sends", async () => {
    const host = fakeHost();
    const { ask } = connected(host);
    const replies = await Promise.all(Array.from({ length: 1000 }, () => ask("setState", {})));
    const served = replies.filter(({ type }) => type === "result").length;
    expect(served).toBeGreaterThanOrEqual(50);
    expect(served).toBeLessThan(500);
    expect(host.setState).toHaveBeenCalledTimes(served);
    expect(replies.at(-1)).toMatchObject({ code: "rate-limited" });
  });

  it("hears of what it subscribed to, once, until it does not want to any more", async () => {
    const stop = vi.fn();
    let emit: (data: unknown) => void = () => {};
    const watch = vi.fn((_event: unknown, tell: (data: unknown) => void) => {
      emit = tell;
      return stop;
    });
    const { ask, replies } = connected(fakeHost({ watch }));
    await ask("subscribe", { event: "state" });
    await ask("subscribe", { event: "state" });
    expect(watch).toHaveBeenCalledTimes(1);
    emit(state);
    await ask("unsubscribe", { event: "state" });
    expect(replies).toContainEqual({ type: "event", event: "state", data: state });
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it("hears what went wrong", async () => {
    const setState = async () => {
      throw new TypeError("setState: view.zoom: Invalid type");
    };
    const { ask } = connected(fakeHost({ setState }));
    expect(await ask("setState", { view: { zoom: "x" } })).toMatchObject({
      code: "malformed",
      message: "setState: view.zoom: Invalid type",
    });
  });
});

describe("E01: the handshake", () => {
  /** A window whose parent writes down what it is told. */
  function fakeFrame() {
    const parent = { postMessage: vi.fn() };
    let hear: (event: unknown) => void = () => {};
    const frame = {
      parent: parent as unknown as Window,
      addEventListener: ((_: string, listener: (event: unknown) => void) => {
        hear = listener;
      }) as Window["addEventListener"],
    };
    const onPort = vi.fn();
    acceptEmbedder(frame, onPort);
    const { port1, port2 } = new MessageChannel();
    opened.push(port1, port2);
    const say = (change: Record<string, unknown> = {}) =>
      hear({
        source: parent,
        origin: "https://paper.org",
        data: { ns: "zarrscope", type: "connect", v: 1 },
        ports: [port1],
        ...change,
      });
    return { say, onPort, parent, port1 };
  }

  it("greets everybody without content, and connects the page around it", () => {
    const { say, onPort, parent, port1 } = fakeFrame();
    const hello = { ns: "zarrscope", type: "hello", v: 1 };
    expect(parent.postMessage.mock.calls).toEqual([[hello, "*"]]);
    say({ data: { ns: "zarrscope", type: "knock", v: 1 }, ports: [] });
    expect(parent.postMessage).toHaveBeenCalledTimes(2);
    expect(onPort).not.toHaveBeenCalled();
    say();
    expect(onPort.mock.calls).toEqual([[port1, "https://paper.org"]]);
  });

  it("hears nobody else, no other version and nothing without a port", () => {
    for (const change of [
      { source: {} },
      { source: null },
      { origin: "null" },
      { origin: "" },
      { ports: [] },
      { data: { ns: "zarrscope", type: "connect", v: 2 } },
      { data: { ns: "other", type: "connect", v: 1 } },
      { data: { ns: "zarrscope", type: "connect", v: 1, extra: 1 } },
      { data: "connect" },
      { data: null },
    ]) {
      const { say, onPort } = fakeFrame();
      say(change);
      expect(onPort, JSON.stringify(change)).not.toHaveBeenCalled();
    }
  });

  it("is heard a few times, not a thousand", () => {
    const { say, onPort } = fakeFrame();
    for (let i = 0; i < 1000; i++) say();
    expect(onPort.mock.calls.length).toBeLessThan(20);
  });
});
