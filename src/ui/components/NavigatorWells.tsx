import { useMemo } from "react";
import { cellRect, plateBounds } from "../../zarr/plate/plate-layout.ts";
import type { PlateModel } from "../../zarr/plate/plate-model.ts";
import { useViewer } from "../state/viewer-context.ts";

/** Of more wells than can be told apart at this size the plate's outline is enough. */
const mostWells = 6144;

/** The wells of a plate below its picture, which is made of those alone that were on screen. */
export function NavigatorWells() {
  const model = useViewer(({ plate }) => plate?.model);
  const path = useMemo(() => model && wellsPath(model), [model]);
  if (model === undefined) return null;
  const { x0, y0, x1, y1 } = plateBounds(model);
  return (
    <svg
      className="zs-navigator-wells"
      viewBox={`${x0} ${y0} ${x1 - x0} ${y1 - y0}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

function wellsPath(model: PlateModel): string {
  const rects = model.wells.length > mostWells ? [plateBounds(model)] : model.wells.map(cellRect);
  return rects.map(({ x0, y0, x1, y1 }) => `M${x0} ${y0}H${x1}V${y1}H${x0}Z`).join("");
}
