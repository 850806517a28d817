import { Section } from "../kit/Section.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

/** The last part of an address, as people know it. */
function shortName(url: string): string {
  const { pathname, host } = new URL(url);
  const last = pathname.split("/").filter(Boolean).at(-1);
  if (last === undefined) return host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** The addresses of a link that names several, to switch between. Absent where there is one only. */
export function SourceSwitcher() {
  const sources = useViewer((state) => state.sources);
  const open = useViewer(({ source }) => (source.status === "empty" ? undefined : source.url));
  const actions = useViewerActions();
  if (sources.length < 2) return null;
  return (
    <Section title="Sources" count={sources.length} defaultOpen>
      <ul className="zs-source-switcher">
        {sources.map((url) => (
          <li key={url}>
            <button
              type="button"
              title={url}
              aria-current={url === open ? "true" : undefined}
              onClick={() => actions.openListed(url)}
            >
              <bdi>{shortName(url)}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
