import type { Page } from "@playwright/test";

/**
 * How many requests a page and its workers make from now on whose addresses begin so. What the browser repeats by itself does not count: on a
 * reset connection it sends a request again for every idle connection it has.
 */
export function countRequests(page: Page, address: string): () => number {
  let count = 0;
  page.on("request", (request) => {
    if (request.url().startsWith(address)) count++;
  });
  return () => count;
}
