import { sliderAxes } from "../state/selection.ts";
import { useViewer } from "../state/viewer-context.ts";
import { AxesPicker } from "./AxesPicker.tsx";
import { AxisSlider } from "./AxisSlider.tsx";

/** A slider for every axis that is longer than 1 and not on screen already, and the choice which are; absent if there is none. */
export function DimensionBar() {
  const image = useViewer(({ source }) => (source.status === "open" ? source.image : undefined));
  const axes = image === undefined ? [] : sliderAxes(image);
  if (image === undefined || axes.length === 0) return null;
  return (
    <section className="zs-dimensions" aria-label="Planes">
      {axes.map((axis) => (
        <AxisSlider key={axis.name} image={image} axis={axis} />
      ))}
      <AxesPicker image={image} />
    </section>
  );
}
