import { urlForPeople } from "../../zarr/store/http-root.ts";
import type { SourceFailure } from "../state/viewer-state.ts";

/** A failure as text to send to whoever can mend it: no query, no user info, nothing of the person's own. */
export function failureReport(
  { code, title, detail, action }: SourceFailure,
  url: string,
  browser: string = navigator.userAgent,
): string {
  const source = URL.canParse(url) ? urlForPeople(url) : "(not a web address)";
  return [
    `Zarrscope: ${code}`,
    title,
    `Source: ${source}`,
    detail,
    `What to do: ${action}`,
    `Browser: ${browser}`,
  ].join("\n");
}
