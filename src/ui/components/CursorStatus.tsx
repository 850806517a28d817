import { finestPixel } from "../../layers/tiles/plane-affine.ts";
import type { Rect } from "../../layers/tiles/rect.ts";
import { imageFraming } from "../../layers/tiles/view-framing.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { unitSymbol } from "../../zarr/image/units.ts";
import { formatCoordinate, formatValue } from "../format/format-number.ts";
import { readableOn } from "../format/readable-color.ts";
import { useViewer } from "../state/viewer-context.ts";
import type { CursorReadout } from "../state/viewer-state.ts";
import { LabelValue } from "./LabelValue.tsx";
import { useBarColor } from "./use-bar-color.ts";

const listedValues = 12;

function worldText(image: ImageModel, [x, y]: readonly [number, number]): string | undefined {
  const { axes, xDim, yDim } = image.axes;
  const [xUnit, yUnit] = [axes[xDim]?.unit, axes[yDim]?.unit];
  if (xUnit === undefined) return undefined;
  const [width, height] = finestPixel(image);
  const xText = formatCoordinate(x, width / 2);
  if (axes[yDim]?.isAdded) return `${xText} ${unitSymbol(xUnit)}`;
  const yText = formatCoordinate(y, height / 2);
  if (xUnit === yUnit || yUnit === undefined) return `${xText}, ${yText} ${unitSymbol(xUnit)}`;
  return `${xText} ${unitSymbol(xUnit)}, ${yText} ${unitSymbol(yUnit)}`;
}

/** Both texts are as wide as at the far corner, so that what follows stands still while the cursor moves. */
function Position({
  image,
  bounds,
  cursor,
}: {
  image: ImageModel;
  bounds: Rect;
  cursor: CursorReadout;
}) {
  const [x, y] = cursor.indexPx;
  const world = worldText(image, cursor.world);
  const { axes, xDim, yDim } = image.axes;
  const shape = image.levels[0]?.shape ?? [];
  const [xName, yName] = [axes[xDim]?.name, axes[yDim]?.name];
  const widestPx = `${xName} ${shape[xDim]} ${yName} ${shape[yDim]} px`.length;
  const widestWorld = worldText(image, [bounds.x1, bounds.y1])?.length ?? 0;
  return (
    <span className="zs-status-position">
      <span className="zs-status-px" style={{ minWidth: `${widestPx}ch` }}>
        <bdi>{xName}</bdi> {Math.round(x)}
        {axes[yDim]?.isAdded ? null : (
          <>
            {" "}
            <bdi>{yName}</bdi> {Math.round(y)}
          </>
        )}{" "}
        px
      </span>
      {world !== undefined && <span style={{ minWidth: `${widestWorld}ch` }}>{world}</span>}
    </span>
  );
}

/** Where the cursor is, what every visible channel has there, and at which level that was read. */
export function CursorStatus() {
  const source = useViewer((state) => state.source);
  const cursor = useViewer((state) => state.cursor);
  const channels = useViewer((state) => state.channels);
  const plateImage = useViewer(({ plate }) => plate !== undefined);
  const labels = useViewer((state) => state.labels);
  const barColor = useBarColor();
  if (source.status !== "open" || cursor === undefined) return null;
  const { image, framing } = source;
  const values = cursor.readout?.values ?? [];
  const visible = channels.filter((channel) => channel.visible).slice(0, listedValues);
  const shownLabels = labels.filter(({ visible }) => visible).slice(0, listedValues);
  return (
    <>
      <Position
        image={image}
        bounds={plateImage ? imageFraming(image).bounds : framing.bounds}
        cursor={cursor}
      />
      <span className="zs-status-values">
        {visible.map(({ index, label, color }) => {
          const value = values.find(({ channel }) => channel === index)?.value ?? null;
          return (
            <span
              key={index}
              className="zs-status-value"
              style={{ color: `#${readableOn(barColor, color)}` }}
            >
              <bdi>{label}</bdi> {value === null ? "—" : formatValue(value)}
            </span>
          );
        })}
        {shownLabels.map(({ name }) => (
          <LabelValue
            key={name}
            name={name}
            value={cursor.labels.find(({ layer }) => layer === name)?.value}
          />
        ))}
      </span>
      {cursor.readout !== undefined && (
        <span className="zs-status-read">read at level {cursor.readout.level + 1}</span>
      )}
    </>
  );
}
