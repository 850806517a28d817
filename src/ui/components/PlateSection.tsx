import { ArrowLeft, ChevronLeft, ChevronRight, RotateCw } from "lucide-react";
import { wellName } from "../../zarr/plate/plate-model.ts";
import { Button } from "../kit/Button.tsx";
import { IconButton } from "../kit/IconButton.tsx";
import { Section } from "../kit/Section.tsx";
import { Switch } from "../kit/Switch.tsx";
import { ownWindows } from "../state/own-contrast.ts";
import type { PlateState } from "../state/plate.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { GoToWell } from "./GoToWell.tsx";
import { PlateMap } from "./PlateMap.tsx";

/** The plate: which well, field and acquisition are on show, and the map to choose from. Absent where there is no plate. */
export function PlateSection({ defaultOpen = true }: { defaultOpen?: boolean }) {
  const plate = useViewer((state) => state.plate);
  if (plate === undefined) return null;
  const { wells } = plate.model;
  return (
    <Section title="Plate" count={wells.length} defaultOpen={defaultOpen}>
      <div className="zs-plate">
        <Place plate={plate} />
        <GoToWell />
        <Acquisitions plate={plate} />
        <Fields plate={plate} />
        <PlateMap />
      </div>
    </Section>
  );
}

/** The well that was opened, what is wrong with it, and the way back. */
function Place({ plate }: { plate: PlateState }) {
  const { model, opened, marks } = plate;
  const actions = useViewerActions();
  if (opened === undefined) return null;
  const mark = marks.get(opened.well.id);
  const canRetry = mark !== undefined && mark.kind !== "odd" && mark.kind !== "absent";
  return (
    <div className="zs-plate-place">
      <div className="zs-plate-line">
        <strong>Well {wellName(model, opened.well)}</strong>
        <Button variant="quiet" onClick={() => actions.goOnPlate({ well: null })}>
          <ArrowLeft size={14} aria-hidden /> Whole plate
        </Button>
      </div>
      {mark !== undefined && (
        <p className="zs-plate-mark" data-kind={mark.kind}>
          {mark.reason}
        </p>
      )}
      <OwnContrast plate={plate} />
      {canRetry && (
        <Button onClick={() => actions.retryWell(opened.well.id)}>
          <RotateCw size={14} aria-hidden /> Try this well again
        </Button>
      )}
    </div>
  );
}

/** Wells are shown alike, so that they can be compared; one that is not says so. */
function OwnContrast({ plate }: { plate: PlateState }) {
  const actions = useViewerActions();
  const isOwn = ownWindows(plate) !== undefined;
  return (
    <>
      <Switch
        label="Contrast for this well alone"
        checked={isOwn}
        onChange={(checked) => actions.setOwnContrast(checked)}
      />
      {isOwn && (
        <p className="zs-plate-mark" data-kind="odd">
          Its brightness cannot be compared with the other wells'.
        </p>
      )}
    </>
  );
}

function Acquisitions({ plate: { model, acquisition } }: { plate: PlateState }) {
  const actions = useViewerActions();
  if (model.acquisitions.length < 2) return null;
  return (
    <label className="zs-plate-line">
      <span>Acquisition</span>
      <select
        className="zs-select"
        value={acquisition}
        onChange={(event) => actions.goOnPlate({ acquisition: Number(event.currentTarget.value) })}
      >
        {model.acquisitions.map(({ id, name }) => (
          <option key={id} value={id}>
            {name ?? `Acquisition ${id}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function Fields({ plate: { field, fieldCount, allFields } }: { plate: PlateState }) {
  const actions = useViewerActions();
  if (fieldCount < 2 && !allFields) return null;
  return (
    <>
      <div className="zs-plate-line">
        <span>
          {allFields ? `All ${fieldCount} fields` : `Field ${field + 1} of ${fieldCount}`}
        </span>
        <span className="zs-plate-steps">
          <IconButton
            label="Previous field"
            shortcut="P"
            disabled={field === 0}
            onClick={() => actions.goOnPlate({ field: field - 1 })}
          >
            <ChevronLeft size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="Next field"
            shortcut="N"
            disabled={field + 1 >= fieldCount}
            onClick={() => actions.goOnPlate({ field: field + 1 })}
          >
            <ChevronRight size={16} aria-hidden />
          </IconButton>
        </span>
      </div>
      <Switch
        label="All fields at once"
        checked={allFields}
        onChange={(isAll) => actions.goOnPlate(isAll ? { allFields: true } : { field })}
      />
    </>
  );
}
