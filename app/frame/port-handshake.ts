import { namespace, protocolVersion } from "../embed/protocol.ts";
import { isSmallMessage, RateLimit } from "./message-limits.ts";
import { parseGreeting } from "./port-requests.ts";

const greetingsPerSecond = 5;

/**
 * Waits for the page around to connect. Heard is only what that very window says, under an origin that has a name; "null" could be anybody
 * (E01). The viewer speaks first and says nothing but its name, so that it may be said to everyone.
 */
export function acceptEmbedder(
  frame: Pick<Window, "parent" | "addEventListener">,
  onPort: (port: MessagePort, origin: string) => void,
): void {
  const limit = new RateLimit(greetingsPerSecond, performance.now());
  const hello = () => {
    frame.parent.postMessage({ ns: namespace, type: "hello", v: protocolVersion }, "*");
  };
  frame.addEventListener("message", ({ source, origin, data, ports }: MessageEvent<unknown>) => {
    if (source !== frame.parent || origin === "null" || origin === "") return;
    if (!isSmallMessage(data)) return;
    const greeting = parseGreeting(data);
    if (greeting === undefined || !limit.take(performance.now())) return;
    const [port] = ports;
    if (greeting === "knock") hello();
    else if (port && ports.length === 1) onPort(port, origin);
  });
  hello();
}
