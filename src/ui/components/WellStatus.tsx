import { wellName } from "../../zarr/plate/plate-model.ts";
import { useViewer } from "../state/viewer-context.ts";

/** Which well the cursor is at, and what is wrong with it. */
export function WellStatus() {
  const plate = useViewer((state) => state.plate);
  const cell = useViewer((state) => state.hoveredCell);
  if (plate === undefined || cell === undefined) return null;
  const { model, marks } = plate;
  const well = model.wells.find(({ row, column }) => row === cell.row && column === cell.column);
  const mark = well && marks.get(well.id);
  return (
    <span className="zs-status-well">
      <strong>{wellName(model, cell)}</strong>
      {well === undefined && " empty"}
      {mark !== undefined && <span data-kind={mark.kind}> {mark.reason}</span>}
    </span>
  );
}
