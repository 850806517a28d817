import {
  type FrameEventName,
  type FrameEvents,
  type FrameMethod,
  type FrameMethods,
  type FrameReply,
  type FrameState,
  type FrameStateChange,
  type FrameValues,
  namespace,
  protocolVersion,
  type ScreenshotOptions,
} from "./protocol.ts";

export type * from "./protocol.ts";

/** A viewer in a frame that answers. Whatever was not done rejects with an Error whose `name` is the protocol's code. */
export interface ZarrscopeFrame {
  /** Of the viewer. */
  readonly version: string;
  getState(): Promise<FrameState>;
  /** Resolves when applied. */
  setState(change: FrameStateChange): Promise<void>;
  /** Exact values at a point in world units. Only for pages in the deployment's allow-list. */
  valueAt(point: { x: number; y: number }): Promise<FrameValues | null>;
  /** A PNG of the view, once all tiles are there. Only for pages in the deployment's allow-list. */
  screenshot(options?: ScreenshotOptions): Promise<Blob>;
  /** Calls `listener` at each event; the returned function ends that. */
  on<Name extends FrameEventName>(
    name: Name,
    listener: (data: FrameEvents[Name]) => void,
  ): () => void;
  /** Ends the connection; the viewer stays. */
  close(): void;
}

export type ConnectOptions = {
  /** Default 30 000: the frame may be loading, or wait to come into view. */
  timeoutMs?: number;
  signal?: AbortSignal;
};

type Pending = { resolve(result: unknown): void; reject(error: Error): void };

function failed(code: string, message: string): Error {
  const error = new Error(message);
  error.name = code;
  return error;
}

/**
 * Connects to the viewer in an iframe. Only what comes from that very frame and its origin is listened to; all the rest goes through a port that
 * nobody else holds.
 * @throws Error (rejects) if nothing answers in time
 */
export function connect(
  frame: HTMLIFrameElement,
  { timeoutMs = 30_000, signal }: ConnectOptions = {},
): Promise<ZarrscopeFrame> {
  const { origin } = new URL(frame.src, document.baseURI);
  const isOpaque = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    let isGreeted = false;
    const end = (error?: Error) => {
      ended.abort();
      clearTimeout(timer);
      if (error) reject(error);
    };
    const timer = setTimeout(() => end(failed("timeout", "No viewer answers.")), timeoutMs);
    signal?.addEventListener("abort", () => end(failed("aborted", "Not wanted any more.")), {
      signal: ended.signal,
    });
    addEventListener(
      "message",
      ({ source, origin: from, data }: MessageEvent<unknown>) => {
        if (source !== frame.contentWindow || from !== (isOpaque ? "null" : origin)) return;
        if (isGreeted || !isHello(data)) return;
        // A viewer may say it twice, of itself and when it is knocked at; a second port would end the first.
        isGreeted = true;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data: reply }: MessageEvent<FrameReply>) => {
          if (reply.type !== "welcome") return;
          end();
          resolve(frameOn(port1, reply.version));
        };
        const message = { ns: namespace, type: "connect", v: protocolVersion };
        // An opaque origin has no name; that it is this frame's window was seen above.
        frame.contentWindow?.postMessage(message, isOpaque ? "*" : origin, [port2]);
      },
      { signal: ended.signal },
    );
    // For a viewer that is there already; it says nothing, so everybody may hear it.
    frame.contentWindow?.postMessage({ ns: namespace, type: "knock", v: protocolVersion }, "*");
  });
}

function isHello(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  const { ns, type, v } = data as Record<string, unknown>;
  return ns === namespace && type === "hello" && v === protocolVersion;
}

function frameOn(port: MessagePort, version: string): ZarrscopeFrame {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(data: never) => void>>();
  let lastId = 0;
  let isClosed = false;

  port.onmessage = ({ data: reply }: MessageEvent<FrameReply>) => {
    if (reply.type === "event") {
      for (const listener of listeners.get(reply.event) ?? []) listener(reply.data as never);
    } else if (reply.type !== "welcome") {
      const asked = pending.get(reply.id);
      pending.delete(reply.id);
      if (reply.type === "result") asked?.resolve(reply.result);
      else asked?.reject(failed(reply.code, reply.message));
    }
  };

  function ask<Method extends FrameMethod>(
    method: Method,
    params: FrameMethods[Method]["params"],
  ): Promise<FrameMethods[Method]["result"]> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      if (isClosed) throw failed("closed", "Not connected.");
      // What cannot be posted rejects with the browser's own error.
      port.postMessage({ id, method, params });
      pending.set(id, { resolve: resolve as Pending["resolve"], reject });
    });
  }

  function close(): void {
    isClosed = true;
    port.close();
    for (const { reject } of pending.values()) reject(failed("closed", "Not connected."));
    pending.clear();
    listeners.clear();
  }

  return {
    version,
    getState: () => ask("getState", undefined),
    setState: (change) => ask("setState", change),
    valueAt: (point) => ask("valueAt", point),
    screenshot: async (options = {}) =>
      new Blob([await ask("screenshot", options)], { type: "image/png" }),
    on(event, listener) {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known);
      known.add(listener);
      const ignore = () => {};
      if (known.size === 1) ask("subscribe", { event }).catch(ignore);
      return () => {
        if (known.delete(listener) && known.size === 0) {
          ask("unsubscribe", { event }).catch(ignore);
        }
      };
    },
    close,
  };
}
