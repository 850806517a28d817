import type { SourceFailure } from "../../src/ui/state/viewer-state.ts";
import { addressSpaceOf } from "../../src/zarr/store/address-space.ts";
import type { Embedder } from "./embedder.ts";

export type FramePolicy = {
  readonly embedder: Embedder | undefined;
  /** Where the viewer lies. */
  readonly viewerOrigin: string;
  /** Of the deployment (config.json): pages that may read what the viewer shows. */
  readonly allowedOrigins: readonly string[];
};

function urlOf(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** True if no strange page may read from there: this computer and the local network. Addresses that are none are private. */
export function isPrivateSource(address: string): boolean {
  const url = urlOf(address);
  return url === undefined || addressSpaceOf(url) !== "public";
}

/**
 * Why a source is not opened here (U09): a page of somebody else must not make its visitors' browsers knock at addresses of their own
 * networks. What lies where the viewer lies is no secret from its visitors. There is no button for it in the frame, where a press can be stolen; the
 * full viewer opens it.
 */
export function refusedInFrame(
  address: string,
  { embedder, viewerOrigin, allowedOrigins }: FramePolicy,
): SourceFailure | undefined {
  if (!embedder?.isForeign || !isPrivateSource(address)) return undefined;
  const url = urlOf(address);
  if (url?.origin === viewerOrigin) return undefined;
  const isAllowed =
    embedder.origins.length > 0 &&
    embedder.origins.every((origin) => origin === viewerOrigin || allowedOrigins.includes(origin));
  if (isAllowed) return undefined;
  return {
    code: "ZS-FRAME",
    title: "This image lies on this computer or in the local network.",
    detail: `Nothing was asked of ${url?.host ?? "it"}: another site embeds the viewer, and such a site must not reach into local networks.`,
    action: "Open the full viewer (link in the corner) to see it.",
  };
}

/** Whether a page of `origin` may read pixels, metadata and pictures, and change the source. Never where the source is private. */
export function isTrusted(
  origin: string,
  source: string | undefined,
  { viewerOrigin, allowedOrigins }: Pick<FramePolicy, "viewerOrigin" | "allowedOrigins">,
): boolean {
  const isListed = origin === viewerOrigin || allowedOrigins.includes(origin);
  return isListed && (source === undefined || !isPrivateSource(source));
}
