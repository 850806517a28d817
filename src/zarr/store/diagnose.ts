/**
 * Why a request got no answer that could be read: asks again in a way that needs no permission. If that goes through, the
 * server is there but does not allow other sites to read it. The body is not read.
 */
export async function diagnoseNetworkError(
  url: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<"cors" | "network"> {
  try {
    const response = await fetch(url, {
      mode: "no-cors",
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    await response.body?.cancel();
    return "cors";
  } catch {
    return "network";
  }
}
