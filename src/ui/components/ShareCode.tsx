import { ExternalLink } from "lucide-react";
import { embedSnippet } from "../format/embed-snippet.ts";
import { otherViewers } from "../format/other-viewers.ts";
import { planeSnippet } from "../format/plane-snippet.ts";
import { openImageName } from "../state/image-list.ts";
import { linkToState } from "../state/link-address.ts";
import { useViewer, useViewerStore } from "../state/viewer-context.ts";
import { CopyText } from "./CopyText.tsx";

type SnippetProps = { title: string; hint: string; text: string };

function Snippet({ title, hint, text }: SnippetProps) {
  return (
    <section className="zs-snippet" aria-label={title}>
      <div className="zs-snippet-head">
        <h3>{title}</h3>
        <CopyText label={`Copy ${title}`} text={() => text} />
      </div>
      <p>{hint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}

/** The view as a link, as HTML and as Python, and the source in other viewers. Made when the dialog opens. */
export function ShareCode() {
  const store = useViewerStore();
  const source = useViewer(({ source: { status } }) => status);
  const state = store.getState();
  if (source !== "open" || state.source.status !== "open") return null;
  const link = linkToState(state, location.href);
  const name = openImageName(state) ?? "";
  const { url } = state.source;
  return (
    <div className="zs-share">
      <Snippet
        title="link"
        hint="Opens exactly this: planes, channels, contrast and place."
        text={link}
      />
      <Snippet
        title="iframe"
        hint="For a web page. The wheel scrolls the page until the image is clicked."
        text={embedSnippet(link, url, name || "Image in Zarrscope")}
      />
      <Snippet
        title="Python"
        hint="Reads the same plane, the part on screen, with zarr-python."
        text={planeSnippet(state, url) ?? ""}
      />
      <section className="zs-snippet" aria-label="Open with">
        <h3>Open with</h3>
        <ul className="zs-open-with">
          {otherViewers(url, name).map((viewer) => (
            <li key={viewer.name}>
              <a href={viewer.href} target="_blank" rel="noreferrer">
                {viewer.name} <ExternalLink size={14} aria-hidden />
              </a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
