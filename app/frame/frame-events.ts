import type { ViewerState } from "../../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../../src/ui/state/viewer-store.ts";
import type { FrameEventName, FrameEvents, FrameState } from "../embed/protocol.ts";

/** State, progress and hover are told at most so often. */
const intervalMs = 100;

export type FrameEventSource = {
  readonly store: ViewerStore;
  isTrusted(): boolean;
  /** As the page may see it. */
  getState(): FrameState;
  redactedSource(): string | null;
};

type Watcher<Data> = (emit: (data: Data) => void) => () => void;
type Watchers = { readonly [Name in FrameEventName]: Watcher<FrameEvents[Name]> };

/** Calls at once, and again after the interval if it was asked for meanwhile. */
function atIntervals(run: () => void): { ask(): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const rest = () => {
    timer = undefined;
    if (isAsked) ask();
  };
  const ask = () => {
    isAsked = timer !== undefined;
    if (timer !== undefined) return;
    timer = setTimeout(rest, intervalMs);
    run();
  };
  return { ask, end: () => clearTimeout(timer) };
}

/** What happens in a viewer, for the page around it. Each watcher tells first what is the case already, where something is. */
export function frameWatchers(source: FrameEventSource): Watchers {
  const { store } = source;

  /** Tells a part of the state whenever it is another, by identity. */
  function whenChanged<Part>(
    partOf: (state: ViewerState) => Part,
    tell: (state: ViewerState) => void,
    isRare = false,
  ): () => void {
    let last: Part | undefined;
    const { ask, end } = atIntervals(() => tell(store.getState()));
    const look = (state: ViewerState) => {
      const part = partOf(state);
      if (part === last) return;
      last = part;
      if (isRare) tell(state);
      else ask();
    };
    look(store.getState());
    const unsubscribe = store.subscribe(look);
    return () => {
      unsubscribe();
      end();
    };
  }

  return {
    ready: (emit) =>
      whenChanged(
        // Before there is a size there is no view that could be set.
        ({ source: { status, ...place }, view }) =>
          status === "open" && view && "url" in place ? place.url : undefined,
        ({ source: { status } }) => {
          const redacted = source.redactedSource();
          if (status === "open" && redacted !== null) emit({ source: redacted });
        },
        true,
      ),
    error: (emit) =>
      whenChanged(
        (state) => (state.source.status === "failed" ? state.source.failure : undefined),
        (state) => {
          if (state.source.status !== "failed") return;
          const { code, title } = state.source.failure;
          emit({ code, title });
        },
        true,
      ),
    well: (emit) =>
      whenChanged(
        (state) => state.plate?.opened?.well.id ?? null,
        ({ plate }) => emit({ well: plate?.opened?.well.id ?? null }),
        true,
      ),
    state: (emit) => {
      const unsubscribe: (() => void)[] = [];
      const { ask, end } = atIntervals(() => emit(source.getState()));
      unsubscribe.push(
        store.subscribe((state, before) => {
          const isSame =
            state.view === before.view &&
            state.selection === before.selection &&
            state.channels === before.channels &&
            state.greyscale === before.greyscale &&
            state.plate === before.plate &&
            state.source === before.source;
          if (!isSame) ask();
        }),
      );
      ask();
      return () => {
        end();
        for (const each of unsubscribe) each();
      };
    },
    progress: (emit) =>
      whenChanged(
        (state) => state.stage?.tiles,
        ({ stage }) => {
          if (!stage) return;
          const { data, fill, pending, denied, error, corrupt, unverifiable } = stage.tiles;
          const failed = denied + error + corrupt + unverifiable;
          emit({ total: data + fill + pending + failed, pending, failed });
        },
      ),
    hover: (emit) =>
      whenChanged(
        (state) => state.cursor,
        ({ cursor }) => {
          if (!cursor) return emit(null);
          const { world, readout } = cursor;
          const values =
            readout && source.isTrusted()
              ? { level: readout.level, values: readout.values.map((each) => ({ ...each })) }
              : null;
          emit({ world: [world[0], world[1]], values });
        },
      ),
  };
}
