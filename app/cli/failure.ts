import { type OpenFailure, openFailureOf } from "../../src/zarr/image/open-failure.ts";

/** The page's words for what went wrong, without those on what only a browser forbids. */
export function failureOf(error: unknown): OpenFailure {
  const failure = openFailureOf(error);
  if (failure.code !== "ZS-NETWORK") return failure;
  return {
    ...failure,
    action: "Check the address, the server and your connection, then try again.",
  };
}
