import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import type { ContrastHint as Hint } from "../state/viewer-state.ts";

const sentences: Readonly<Record<Hint, string>> = {
  black: "Almost all of the image is black with these display limits.",
  white: "Almost all of the image is saturated with these display limits.",
  flat: "Almost all of the image lies outside these display limits.",
};

/** Says when it is the display limits that leave nothing to see, and offers other ones. */
export function ContrastHint() {
  const hint = useViewer((state) => state.contrastHint);
  const { autoContrast } = useViewerActions();
  const store = useViewerStore();
  if (hint === undefined) return null;

  function auto() {
    for (const { index, visible } of store.getState().channels) if (visible) autoContrast(index);
  }

  return (
    <div className="zs-contrast-hint" role="status">
      <span>{sentences[hint]}</span>
      <Button onClick={auto}>Auto contrast</Button>
    </div>
  );
}
