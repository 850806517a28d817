import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

type VirtualListboxProps = {
  /** Accessible name. */
  label: string;
  count: number;
  /** CSS pixels; every row has it. */
  rowHeight: number;
  /** Rows in sight at most. */
  rowsInSight: number;
  /** Row that is chosen; −1 for none. */
  selected: number;
  /** A row was pressed, or Enter while it was the active one. */
  onChoose: (row: number) => void;
  children: (row: number) => ReactNode;
};

const extraRows = 4;
/** Browsers end at some 33 million pixels; what lies behind is found by searching. */
const maxHeightPx = 16_000_000;

/** A list of any length from which one row is chosen; only what is in sight is in the page. Arrows, Page keys, Home, End and Enter. */
export function VirtualListbox({
  label,
  count,
  rowHeight,
  rowsInSight,
  selected,
  onChoose,
  children,
}: VirtualListboxProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [wanted, setWanted] = useState(Math.max(0, selected));
  const shown = Math.min(count, Math.floor(maxHeightPx / rowHeight));
  const active = Math.max(0, Math.min(shown - 1, wanted));
  const first = Math.max(0, Math.floor(top / rowHeight) - extraRows);
  const end = Math.min(shown, Math.ceil(top / rowHeight) + rowsInSight + extraRows);

  useEffect(() => {
    if (selected < 0) return;
    setWanted(selected);
    scrollTo(list.current, selected * rowHeight, rowHeight);
  }, [selected, rowHeight]);

  function handleKey(event: KeyboardEvent<HTMLDivElement>) {
    const steps = stepsOf(event.key, rowsInSight, shown);
    if (steps !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(shown - 1, active + steps));
      setWanted(next);
      scrollTo(list.current, next * rowHeight, rowHeight);
    } else if ((event.key === "Enter" || event.key === " ") && shown > 0) {
      event.preventDefault();
      onChoose(active);
    }
  }

  const rows = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
  // The active row exists also when it is scrolled out of sight: it is named by its id.
  if (shown > 0 && !rows.includes(active)) rows.push(active);
  return (
    <div
      ref={list}
      className="zs-listbox"
      role="listbox"
      aria-label={label}
      aria-activedescendant={shown > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      style={{ maxHeight: rowHeight * rowsInSight }}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      onKeyDown={handleKey}
    >
      <div role="presentation" style={{ height: shown * rowHeight, position: "relative" }}>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys belong to the list, which has the focus
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={row}
            id={`${id}-${row}`}
            role="option"
            aria-selected={row === selected}
            aria-setsize={count}
            aria-posinset={row + 1}
            className="zs-listbox-row"
            data-active={row === active || undefined}
            style={{ top: row * rowHeight, height: rowHeight }}
            onClick={() => {
              setWanted(row);
              onChoose(row);
            }}
          >
            {children(row)}
          </div>
        ))}
      </div>
    </div>
  );
}

function stepsOf(key: string, page: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return 1;
    case "ArrowUp":
      return -1;
    case "PageDown":
      return page;
    case "PageUp":
      return -page;
    case "Home":
      return -count;
    case "End":
      return count;
    default:
      return undefined;
  }
}

function scrollTo(list: HTMLElement | null, top: number, rowHeight: number): void {
  if (list === null) return;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top + rowHeight - list.clientHeight;
  }
}
