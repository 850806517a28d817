import { holdsAlongXOnly, imageScaleBar } from "../format/image-scale-bar.ts";
import { ownZoom } from "../state/plate.ts";
import { useViewer } from "../state/viewer-context.ts";

/** A bar of a round length on the image. It depends on the zoom alone, so panning does not render it. */
export function ScaleBar() {
  const image = useViewer(({ source }) => (source.status === "open" ? source.image : undefined));
  const zoom = useViewer(({ view, plate }) => view && ownZoom(view, plate));
  const isWanted = useViewer(({ preferences }) => preferences.scaleBar);
  const bar = image === undefined || zoom === undefined ? undefined : imageScaleBar(image, zoom);
  if (image === undefined || bar === undefined || !isWanted) return null;
  const text = `${bar.value} ${bar.unit}${holdsAlongXOnly(image) ? " along x" : ""}`;
  return (
    <div className="zs-scale-bar" role="img" aria-label={`Scale bar: ${text}`}>
      <div className="zs-scale-bar-line" style={{ width: bar.lengthPx }} />
      <span>{text}</span>
    </div>
  );
}
