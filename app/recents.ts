import { createStore } from "zustand/vanilla";
import type { Recents } from "../src/ui/components/RecentList.tsx";
import {
  keepableSource,
  noRecentSources,
  parseRecentSources,
  type RecentSources,
  withRecentSource,
} from "../src/ui/state/recent-sources.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import { keep, readKept } from "./local-storage.ts";

const name = "recent";

/** Remembers in this browser what is opened, but not the samples, which are on the start page anyway. */
export function rememberSources(viewer: ViewerStore, base: string): Recents {
  const store = createStore<RecentSources>()(() => parseRecentSources(readKept(name)));
  const samples = new URL("samples/", base).href;
  const set = (recent: RecentSources) => {
    store.setState(recent, true);
    keep(name, recent);
  };
  viewer.subscribe(({ source, access }, before) => {
    if (source.status !== "open" || source === before.source) return;
    if (source.url.startsWith(samples)) return;
    const kept = keepableSource(source.url, source.image.name);
    if (!kept || !store.getState().remember) return;
    const signed = kept.signed || access !== undefined;
    set(withRecentSource(store.getState(), { ...kept, signed }));
  });
  return {
    store,
    setRemember: (remember) => set({ ...noRecentSources, remember }),
    clear: () => set({ ...store.getState(), sources: [] }),
  };
}
