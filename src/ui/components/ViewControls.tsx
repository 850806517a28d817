import { Contrast, Maximize, Minus, Plus } from "lucide-react";
import { IconButton } from "../kit/IconButton.tsx";
import { Toggle } from "../kit/Toggle.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

/** Buttons for what wheel and keys do as well. */
export function ViewControls() {
  const actions = useViewerActions();
  const isWhite = useViewer(({ imageBackground }) => imageBackground === "FFFFFF");
  return (
    <div className="zs-view-controls" role="toolbar" aria-label="View" aria-orientation="vertical">
      <IconButton side="left" label="Zoom in" shortcut="+" onClick={() => actions.zoomBy(1)}>
        <Plus size={16} aria-hidden />
      </IconButton>
      <IconButton side="left" label="Zoom out" shortcut="-" onClick={() => actions.zoomBy(-1)}>
        <Minus size={16} aria-hidden />
      </IconButton>
      <IconButton side="left" label="Fit to window" shortcut="0" onClick={() => actions.fit()}>
        <Maximize size={16} aria-hidden />
      </IconButton>
      <IconButton
        side="left"
        label="1:1, one image pixel per screen pixel"
        onClick={() => actions.oneToOne()}
      >
        <span className="zs-one-to-one" aria-hidden>
          1:1
        </span>
      </IconButton>
      <Toggle
        label="White image background"
        pressed={isWhite}
        onChange={(white) => actions.setImageBackground(white ? "FFFFFF" : "000000")}
      >
        <Contrast size={16} aria-hidden />
      </Toggle>
    </div>
  );
}
