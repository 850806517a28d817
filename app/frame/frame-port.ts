import type {
  FrameErrorCode,
  FrameEventName,
  FrameReply,
  FrameState,
  FrameValues,
} from "../embed/protocol.ts";
import { isSmallMessage, RateLimit } from "./message-limits.ts";
import { type FrameRequest, parseFrameRequest, requestIdOf } from "./port-requests.ts";

const requestsPerSecond = 50;

export type FrameStateParams = Extract<FrameRequest, { readonly method: "setState" }>["params"];
export type ScreenshotParams = Extract<FrameRequest, { readonly method: "screenshot" }>["params"];

/** What a port can do to the viewer. */
export interface FrameHost {
  readonly version: string;
  /** Whether the page at the other end may read pixels, metadata and pictures of `source`, or of what is open; and open it. */
  isTrusted(source?: string): boolean;
  /** Redacted as far as the page is not trusted. */
  getState(): FrameState;
  /** @throws TypeError for what is malformed */
  setState(change: FrameStateParams): Promise<void>;
  valueAt(point: { x: number; y: number }): Promise<FrameValues | null>;
  screenshot(params: ScreenshotParams): Promise<ArrayBuffer>;
  /** Calls back with what happens; the returned function ends that. */
  watch(event: FrameEventName, emit: (data: unknown) => void): () => void;
}

class RefusedError extends Error {}

/** Serves one connected page through its port. Returns what ends it. */
export function serveFramePort(port: MessagePort, host: FrameHost): () => void {
  const limit = new RateLimit(requestsPerSecond, performance.now());
  const watched = new Map<FrameEventName, () => void>();
  const reply = (message: FrameReply, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer);
  const refuse = (id: number | undefined, code: FrameErrorCode, message: string) => {
    if (id !== undefined) reply({ type: "error", id, code, message });
  };

  async function run(request: FrameRequest): Promise<unknown> {
    switch (request.method) {
      case "getState":
        return host.getState();
      case "setState":
        if (request.params.source !== undefined) requireTrust(host, request.params.source);
        return host.setState(request.params);
      case "valueAt":
        requireTrust(host);
        return host.valueAt(request.params);
      case "screenshot":
        requireTrust(host);
        return host.screenshot(request.params);
      case "subscribe": {
        const { event } = request.params;
        const emit = (data: unknown) => reply({ type: "event", event, data });
        if (!watched.has(event)) watched.set(event, host.watch(event, emit));
        return undefined;
      }
      case "unsubscribe":
        watched.get(request.params.event)?.();
        watched.delete(request.params.event);
        return undefined;
    }
  }

  port.onmessage = async ({ data }: MessageEvent<unknown>) => {
    if (!limit.take(performance.now())) {
      return refuse(requestIdOf(data), "rate-limited", "Too many requests a second.");
    }
    if (!isSmallMessage(data)) return refuse(requestIdOf(data), "too-large", "Too large.");
    const request = parseFrameRequest(data);
    if (!request) return refuse(requestIdOf(data), "malformed", "Not understood.");
    try {
      const result = await run(request);
      const transfer = result instanceof ArrayBuffer ? [result] : [];
      reply({ type: "result", id: request.id, result }, transfer);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      refuse(request.id, codeOf(error), message);
    }
  };
  reply({ type: "welcome", v: 1, version: host.version });
  return () => {
    for (const stop of watched.values()) stop();
    watched.clear();
    port.close();
  };
}

function requireTrust(host: FrameHost, source?: string): void {
  if (!host.isTrusted(source)) {
    throw new RefusedError(
      "Only for pages in the viewer's allow-list, and never for private sources.",
    );
  }
}

function codeOf(error: unknown): FrameErrorCode {
  if (error instanceof RefusedError) return "refused";
  return error instanceof TypeError ? "malformed" : "failed";
}
