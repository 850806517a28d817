import type { FrameLock } from "../../src/ui/state/frame-options.ts";
import type { ViewerActions, ViewerState } from "../../src/ui/state/viewer-state.ts";

const nothing = () => {};

/** The actions of a visitor who may not change everything: what is locked does nothing, and of a view only the free part changes. */
export function lockedActions(
  actions: ViewerActions,
  locks: ReadonlySet<FrameLock>,
  state: () => Pick<ViewerState, "view">,
): ViewerActions {
  if (locks.size === 0) return actions;
  const [pan, zoom] = [locks.has("pan"), locks.has("zoom")];
  return {
    ...actions,
    // Steps back could lead to what the embedding page has changed since.
    undo: nothing,
    redo: nothing,
    ...(locks.has("channels") && {
      setChannel: nothing,
      setOwnContrast: nothing,
      autoContrast: nothing,
      fullRange: nothing,
      importedRange: nothing,
      resetChannel: nothing,
      setGreyscale: nothing,
      setLabel: nothing,
      toggleLabels: nothing,
    }),
    ...(locks.has("planes") && {
      setSelection: nothing,
      setDisplayAxes: nothing,
      setSystem: nothing,
      setPlayback: nothing,
      openSeries: nothing,
      showPart: nothing,
      goOnPlate: nothing,
    }),
    ...((pan || zoom) && {
      fit: nothing,
      oneToOne: nothing,
      setView: (view) => {
        const { view: current } = state();
        if (!current) return;
        actions.setView({
          target: pan ? current.target : view.target,
          zoom: zoom ? current.zoom : view.zoom,
        });
      },
    }),
    ...(zoom && { zoomBy: nothing }),
  };
}
