import { diagnoseNetworkError, isMixedContent, pageUrl } from "../src/zarr/store/diagnose.ts";
import { urlForPeople } from "../src/zarr/store/http-root.ts";
import { StoreError } from "../src/zarr/store/store-error.ts";

/**
 * Refuses what the browser would refuse anyway, before anything is asked: a page of https may not read by http.
 * @throws StoreError "mixed-content"
 */
export function refuseMixedContent(url: string): void {
  if (!isMixedContent(url, pageUrl())) return;
  throw new StoreError("mixed-content", "The page came by https.", { url: urlForPeople(url) });
}

/** A server that lets no other site read, a browser that may not ask and a computer without a network look like a dead server, until asked why. */
export async function rethrowDiagnosed(error: unknown): Promise<never> {
  if (!(error instanceof StoreError) || error.kind !== "network") throw error;
  const { url, message } = error;
  const diagnosis = await diagnoseNetworkError(url);
  if (diagnosis === "network") throw error;
  throw new StoreError(diagnosis, message, { url, cause: error });
}
