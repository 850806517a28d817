import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Section } from "../kit/Section.tsx";
import { hasChoice, type ImageList, matchingImages, seriesOf } from "../state/image-list.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { ImageOption } from "./ImageOption.tsx";
import { useListWindow } from "./use-list-window.ts";

/** Paints an image, small, on a canvas while that is on screen; returns what ends it. */
export type MountThumbnail = (canvas: HTMLCanvasElement, series: number) => () => void;

/** Height of a row in CSS pixels, as in image-list.css. */
const rowHeight = 60;
/** More images than this can be searched. */
const shortList = 8;

const steps: ReadonlyMap<string, number> = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
  ["PageDown", 4],
  ["PageUp", -4],
  ["Home", Number.NEGATIVE_INFINITY],
  ["End", Number.POSITIVE_INFINITY],
]);

/** The images behind one address, to choose from. Absent where there is one only. */
export function ImageChooser({ mountThumbnail }: { mountThumbnail: MountThumbnail }) {
  const imageList = useViewer((state) => (hasChoice(state) ? state.imageList : undefined));
  return imageList && <Chooser imageList={imageList} mountThumbnail={mountThumbnail} />;
}

type ChooserProps = { imageList: ImageList; mountThumbnail: MountThumbnail };

function Chooser({ imageList, mountThumbnail }: ChooserProps) {
  const open = useViewer(({ source }) => seriesOf(source));
  const actions = useViewerActions();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [activeRow, setActiveRow] = useState<number>();
  const found = useMemo(() => matchingImages(imageList, query), [imageList, query]);
  const { first, end } = useListWindow(scroller, found.length, rowHeight);
  const openRow = found.indexOf(open);

  useEffect(() => {
    if (openRow >= 0) reveal(scroller.current, openRow);
  }, [openRow]);

  const row = Math.min(activeRow ?? Math.max(0, openRow), Math.max(0, found.length - 1));
  const count = imageList.images.length;

  function handleKey(event: KeyboardEvent<HTMLElement>) {
    if (event.key === "Enter" || event.key === " ") {
      const series = found[row];
      if (series === undefined) return;
      event.preventDefault();
      actions.openSeries(series);
      return;
    }
    const step = steps.get(event.key);
    if (step === undefined || found.length === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(found.length - 1, row + step));
    setActiveRow(next);
    reveal(scroller.current, next);
  }

  return (
    <Section title="Images" count={count} defaultOpen>
      {count > shortList && (
        <input
          type="search"
          className="zs-text-input zs-image-search"
          aria-label="Find images"
          placeholder={`Find among ${count} images`}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActiveRow(undefined);
          }}
        />
      )}
      <div ref={scroller} className="zs-image-scroll">
        <div
          className="zs-image-list"
          role="listbox"
          aria-label="Images"
          tabIndex={0}
          aria-activedescendant={row >= first && row < end ? `${id}-${found[row]}` : undefined}
          style={{ paddingTop: first * rowHeight, paddingBottom: (found.length - end) * rowHeight }}
          onKeyDown={handleKey}
        >
          {found.slice(first, end).map((series, k) => (
            <ImageOption
              key={series}
              id={`${id}-${series}`}
              series={series}
              isOpen={series === open}
              isActive={first + k === row}
              place={first + k + 1}
              count={found.length}
              mountThumbnail={mountThumbnail}
              onOpen={() => {
                setActiveRow(first + k);
                actions.openSeries(series);
              }}
            />
          ))}
        </div>
      </div>
      <p className="zs-settings-note" role="status">
        {found.length === 0 && "No image is called that."}
        {!imageList.isComplete && "Looking for more…"}
      </p>
    </Section>
  );
}

/** Scrolls a row into sight, by as little as that takes. */
function reveal(scroller: HTMLElement | null, row: number): void {
  if (scroller === null) return;
  const top = row * rowHeight;
  const { scrollTop, clientHeight } = scroller;
  if (top < scrollTop) scroller.scrollTop = top;
  else if (top + rowHeight > scrollTop + clientHeight) {
    scroller.scrollTop = top + rowHeight - clientHeight;
  }
}
