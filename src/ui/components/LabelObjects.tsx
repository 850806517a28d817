import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { colorsOfLabel } from "../../layers/labels/label-colors.ts";
import type { LabelImage } from "../../zarr/image/label-image.ts";
import type { LabelValue } from "../../zarr/ome/image-label.ts";
import { isObjectFound, knownIds, parseLabelId, propertySummary } from "../format/label-words.ts";
import { VirtualListbox } from "../kit/VirtualListbox.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { LabelSwatch } from "./LabelSwatch.tsx";
import { useMediaQuery } from "./use-media-query.ts";
import { useSlicedFilter } from "./use-sliced-filter.ts";

const listedProperties = 3;

/**
 * The objects of which the metadata say anything, to search and to choose from. An id that is typed can be chosen too, if the metadata
 * are silent about it: there may be such an object all the same.
 */
export function LabelObjects({ label }: { label: LabelImage }) {
  const [search, setSearch] = useState("");
  const query = useDeferredValue(search.trim().toLowerCase());
  const actions = useViewerActions();
  const pinned = useViewer((state) => state.pinnedLabel);
  const rowHeight = useMediaQuery("(pointer: coarse)") ? 44 : 28;
  const ids = useMemo(() => knownIds(label), [label]);
  const colors = colorsOfLabel(label);
  const accept = useCallback((id: LabelValue) => isObjectFound(label, id, query), [label, query]);
  const { rows, isDone } = useSlicedFilter(ids, query === "" ? undefined : accept);
  const typed = parseLabelId(query);
  const listed = typed === undefined || !isDone || rows.includes(typed) ? rows : [typed, ...rows];
  const selected =
    pinned?.name === label.name ? listed.findIndex((id) => String(id) === pinned.id) : -1;

  return (
    <div className="zs-label-objects">
      <input
        type="search"
        className="zs-text-input"
        aria-label={`Find objects of ${label.name}`}
        placeholder={ids.length > 0 ? `Id or property, among ${ids.length}` : "Id of an object"}
        value={search}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <p className="zs-settings-note" role="status">
        {noteOf(listed.length, ids.length, query !== "", isDone)}
      </p>
      {listed.length > 0 && (
        <VirtualListbox
          label={`Objects of ${label.name}`}
          count={listed.length}
          rowHeight={rowHeight}
          rowsInSight={9}
          selected={selected}
          onChoose={(row) => {
            const id = listed[row];
            if (id !== undefined) actions.showLabelObject(label.name, String(id));
          }}
        >
          {(row) => {
            const id = listed[row];
            if (id === undefined) return null;
            return (
              <>
                <LabelSwatch color={colors.of(id)} />
                <span className="zs-label-id">{String(id)}</span>
                <bdi className="zs-label-properties">
                  {propertySummary(label.properties.get(id), listedProperties)}
                </bdi>
              </>
            );
          }}
        </VirtualListbox>
      )}
    </div>
  );
}

function noteOf(listed: number, all: number, isSearching: boolean, isDone: boolean): string {
  if (!isDone) return "Searching";
  if (all === 0 && !isSearching) return "The metadata describe no object; type an id to find it.";
  if (isSearching) return listed === 1 ? "1 object" : `${listed} objects`;
  return `${all} objects in the metadata`;
}
