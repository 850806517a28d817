import { addressSpaceOf } from "./address-space.ts";

/**
 * Why a request got no answer that could be read.
 * - offline: this computer has no network.
 * - mixed-content: a page that came by https may not read by http.
 * - local-network: the browser withholds this computer or the local network until the person at it allows it.
 * - cors: the server answers, but does not allow other sites to read it.
 * - network: nothing answers.
 */
export type NetworkDiagnosis = "offline" | "mixed-content" | "local-network" | "cors" | "network";

/** What is known of the page that asks. */
export type AskingPage = {
  readonly isOnline: boolean;
  /** undefined in Node. */
  readonly url: URL | undefined;
  /** "granted" where the browser does not ask. */
  readonly localNetworkPermission: (space: "loopback" | "local") => Promise<PermissionState>;
};

/**
 * Finds out why there was no answer, from the cheapest to the dearest question (ux-and-faults 2.2): only the last one, a request that needs
 * no permission, costs a request.
 */
export async function diagnoseNetworkError(
  url: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
  page: AskingPage = thisPage(),
): Promise<NetworkDiagnosis> {
  if (!page.isOnline) return "offline";
  if (isMixedContent(url, page.url)) return "mixed-content";
  const space = addressSpaceOf(new URL(url));
  const isNear = page.url === undefined || addressSpaceOf(page.url) !== "public";
  if (space !== "public" && !isNear && (await page.localNetworkPermission(space)) !== "granted") {
    return "local-network";
  }
  return (await answers(url, fetch)) ? "cors" : "network";
}

/** Whether a browser refuses this address to this page outright: http from a page of https, but to this computer. */
export function isMixedContent(url: string, page: URL | undefined): boolean {
  const asked = new URL(url);
  return (
    page?.protocol === "https:" &&
    asked.protocol === "http:" &&
    addressSpaceOf(asked) !== "loopback"
  );
}

/** The address of the page; undefined in Node, and in workers it is that of the page's site. */
export function pageUrl(): URL | undefined {
  const { href } = globalThis.location ?? {};
  return href === undefined ? undefined : new URL(href);
}

function thisPage(): AskingPage {
  return {
    isOnline: globalThis.navigator?.onLine ?? true,
    url: pageUrl(),
    localNetworkPermission,
  };
}

/** Names of the permission, the newest first: browsers reject names that they do not know. */
const permissionNames = {
  loopback: ["loopback-network", "local-network-access"],
  local: ["local-network", "local-network-access"],
} as const;

async function localNetworkPermission(space: "loopback" | "local"): Promise<PermissionState> {
  for (const name of permissionNames[space]) {
    try {
      // The type library does not know these names yet.
      const descriptor: { name: string } = { name };
      const query: unknown = Reflect.apply(navigator.permissions.query, navigator.permissions, [
        descriptor,
      ]);
      const status = await query;
      if (status instanceof PermissionStatus) return status.state;
    } catch {
      // Not a name that this browser knows.
    }
  }
  return "granted";
}

async function answers(url: string, fetch: typeof globalThis.fetch): Promise<boolean> {
  try {
    const response = await fetch(url, {
      mode: "no-cors",
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
