import { Axis3d } from "lucide-react";
import { choosableAxes, type DisplayAxes, displayAxesOf } from "../../zarr/image/display-axes.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { Popover } from "../kit/Popover.tsx";
import { RadioRow } from "../kit/RadioRow.tsx";
import { useViewerActions } from "../state/viewer-context.ts";

/** The axes after `name` was chosen for one side: if the other side has it, they change places. */
function withSide([down, across]: DisplayAxes, side: "down" | "across", name: string): DisplayAxes {
  if (side === "down") return [name, across === name ? down : across];
  return [down === name ? across : down, name];
}

/** Which two axes the screen shows; opens above the planes. */
export function AxesPicker({ image }: { image: ImageModel }) {
  const actions = useViewerActions();
  const shown = displayAxesOf(image);
  const options = choosableAxes(image)
    .filter(({ name, size }) => size > 1 || shown.includes(name))
    .map(({ name }) => ({ value: name, label: name }));
  const [down, across] = shown;
  return (
    <Popover
      label="Axes on screen"
      side="top"
      trigger={
        <button
          type="button"
          className="zs-icon-button zs-axes-picker"
          aria-label={`Axes on screen: ${down} down, ${across} across`}
          title="Axes on screen"
        >
          <Axis3d size={16} aria-hidden />
        </button>
      }
    >
      <RadioRow
        label="Across"
        options={options}
        value={across}
        onChange={(name) => actions.setDisplayAxes(withSide(shown, "across", name))}
      />
      <RadioRow
        label="Down"
        options={options}
        value={down}
        onChange={(name) => actions.setDisplayAxes(withSide(shown, "down", name))}
      />
    </Popover>
  );
}
