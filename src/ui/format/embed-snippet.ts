import { addressSpaceOf } from "../../zarr/store/address-space.ts";

/** Text inside a double-quoted attribute. */
function attribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** The same view for a frame: a link of ours with `embed=1` in its query. */
export function embedAddress(link: string): string {
  const hash = link.indexOf("#");
  const [page, fragment] = hash < 0 ? [link, ""] : [link.slice(0, hash), link.slice(hash)];
  return `${page}${page.includes("?") ? "&" : "?"}embed=1${fragment}`;
}

/**
 * HTML that shows a link of ours in a frame. Permission to ask for the local network is given only where the source lies there; browsers without that
 * permission ignore it.
 */
export function embedSnippet(link: string, source: string, title: string): string {
  const isLocal = URL.canParse(source) && addressSpaceOf(new URL(source)) !== "public";
  const allow = [
    "fullscreen",
    "clipboard-write",
    ...(isLocal ? ["loopback-network", "local-network"] : []),
  ];
  const sandbox =
    "allow-scripts allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox";
  return [
    `<iframe title="${attribute(title)}"`,
    `src="${attribute(embedAddress(link))}"`,
    `loading="lazy" referrerpolicy="no-referrer" allow="${allow.join("; ")}"`,
    `sandbox="${sandbox}"`,
    `style="width:100%;aspect-ratio:16/9;border:0"></iframe>`,
  ].join(" ");
}
