import { useState } from "react";
import { Section } from "../kit/Section.tsx";
import { useViewer } from "../state/viewer-context.ts";
import { LabelRow } from "./LabelRow.tsx";
import { PinnedLabel } from "./PinnedLabel.tsx";

/** So many label images are listed; the others are found by searching. */
const listed = 100;

/** The label images of the open image, in the order of its metadata. Absent if there is none. */
export function LabelList() {
  const labels = useViewer((state) => state.labels);
  const [search, setSearch] = useState("");
  if (labels.length === 0) return null;
  const query = search.trim().toLocaleLowerCase();
  const found = labels.filter(({ name }) => name.toLocaleLowerCase().includes(query));
  const shown = found.slice(0, listed);
  return (
    <Section title="Labels" count={labels.length} defaultOpen>
      {labels.length > 12 && (
        <input
          type="search"
          className="zs-text-input zs-channel-search"
          aria-label="Find labels"
          placeholder={`Find among ${labels.length} label images`}
          value={search}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul className="zs-channels zs-labels">
        {shown.map((settings) => (
          <LabelRow key={settings.name} settings={settings} />
        ))}
      </ul>
      {found.length > shown.length && (
        <p className="zs-settings-note">And {found.length - shown.length} more.</p>
      )}
      <PinnedLabel />
    </Section>
  );
}
