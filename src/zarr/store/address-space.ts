/**
 * Where an address leads: to this computer, into the local network, or into the internet. Browsers ask people before a page from the
 * internet may read from the first two (Local Network Access).
 */
export type AddressSpace = "loopback" | "local" | "public";

/** The address space of a URL's host, as far as the name tells. */
export function addressSpaceOf(url: URL): AddressSpace {
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (host === "localhost" || host.endsWith(".localhost")) return "loopback";
  if (host.includes(":")) return ofIpv6(host);
  const parts = host.split(".").map(Number);
  const isIpv4 = parts.length === 4 && parts.every((part) => Number.isInteger(part) && part <= 255);
  if (isIpv4) return ofIpv4(parts);
  // Names without a dot and .local names are only known in the local network.
  return !host.includes(".") || host.endsWith(".local") ? "local" : "public";
}

function ofIpv4([a = 0, b = 0]: readonly number[]): AddressSpace {
  if (a === 127) return "loopback";
  const isPrivate =
    a === 10 ||
    a === 0 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128);
  return isPrivate ? "local" : "public";
}

function ofIpv6(host: string): AddressSpace {
  if (host === "::1") return "loopback";
  // WHATWG URLs write IPv4-mapped addresses in hexadecimal.
  const mapped = /^::ffff:([0-9a-f]{1,4}):[0-9a-f]{1,4}$/.exec(host);
  if (mapped) {
    const high = Number.parseInt(mapped[1] ?? "", 16);
    return ofIpv4([high >> 8, high & 255]);
  }
  return /^(f[cd]|fe[89ab])/.test(host) ? "local" : "public";
}
