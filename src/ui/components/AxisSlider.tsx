import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Axis, ImageModel } from "../../zarr/image/image-model.ts";
import { axisPosition } from "../format/axis-position.ts";
import { IconButton } from "../kit/IconButton.tsx";
import { Slider } from "../kit/Slider.tsx";
import { playableAxis } from "../state/playable-axis.ts";
import type { BufferedAxis } from "../state/playback.ts";
import { selectedIndex } from "../state/selection.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { AxisField } from "./AxisField.tsx";
import { PlaybackControls } from "./PlaybackControls.tsx";

const keysByRole: Partial<Record<NonNullable<Axis["role"]>, readonly [string, string]>> = {
  z: [",", "."],
  t: ["[", "]"],
};

const noRuns: BufferedAxis["runs"] = [];

/** Length of the longest text the axis can show, so that the slider does not move while it is dragged. */
function widestText(image: ImageModel, axis: Axis): number {
  const last = axis.size - 1;
  const positions = [0, last].map((index) => axisPosition(image, axis, index)?.length ?? -3);
  return String(axis.size).length + 1 + 3 + Math.max(...positions);
}

/** One axis: step back, slide, step on, play, and where we are, counted from 1 and in the world. */
export function AxisSlider({ image, axis }: { image: ImageModel; axis: Axis }) {
  const actions = useViewerActions();
  const index = useViewer(({ selection }) => selectedIndex(selection, axis));
  const runs = useViewer(
    ({ buffered }) => buffered.find((each) => each.axis === axis.name)?.runs ?? noRuns,
  );
  const isSpaced = useViewer((state) => playableAxis(state)?.name === axis.name);
  const [backKey, onKey] = (axis.role && keysByRole[axis.role]) ?? [];
  const name = axis.name.length === 1 ? axis.name.toUpperCase() : axis.name;

  function valueText(value: number) {
    const world = axisPosition(image, axis, value);
    return `${value + 1} of ${axis.size}${world === undefined ? "" : `, ${world}`}`;
  }

  return (
    <div className="zs-axis">
      <bdi className="zs-axis-name">{name}</bdi>
      <IconButton
        label={`Previous ${name}`}
        {...(backKey === undefined ? {} : { shortcut: backKey })}
        disabled={index === 0}
        onClick={() => actions.setSelection(axis.name, index - 1)}
      >
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <Slider
        label={name}
        value={index}
        max={axis.size - 1}
        marked={runs}
        valueText={valueText}
        onChange={(next, isOnTheWay) =>
          actions.setSelection(axis.name, next, isOnTheWay ? "passing" : "at rest")
        }
        onCommit={(next) => actions.setSelection(axis.name, next)}
      />
      <IconButton
        label={`Next ${name}`}
        {...(onKey === undefined ? {} : { shortcut: onKey })}
        disabled={index === axis.size - 1}
        onClick={() => actions.setSelection(axis.name, index + 1)}
      >
        <ChevronRight size={16} aria-hidden />
      </IconButton>
      {(axis.role === "z" || axis.role === "t") && (
        <PlaybackControls axis={axis.name} name={name} hasShortcut={isSpaced} />
      )}
      <div
        className="zs-axis-value"
        style={{ minWidth: `calc(${widestText(image, axis)}ch + 52px)` }}
      >
        <AxisField
          name={name}
          image={image}
          axis={axis}
          index={index}
          onCommit={(next) => actions.setSelection(axis.name, next)}
        />
      </div>
    </div>
  );
}
