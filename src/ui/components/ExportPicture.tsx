import { useState } from "react";
import type { StillTaker } from "../export/export-picture.ts";
import { exportScales, possibleScales } from "../export/export-size.ts";
import { missingNote } from "../export/missing-note.ts";
import { Button } from "../kit/Button.tsx";
import { RadioRow } from "../kit/RadioRow.tsx";
import { Switch } from "../kit/Switch.tsx";
import { useViewer } from "../state/viewer-context.ts";
import { ExportProgress } from "./ExportProgress.tsx";
import { useExport } from "./use-export.ts";

/** A picture of the view: how large, what stands on it, to a file or to the clipboard. */
export function ExportPicture({ takeStill }: { takeStill: StillTaker }) {
  const widthPx = useViewer(({ stage }) => stage?.widthPx ?? 0);
  const heightPx = useViewer(({ stage }) => stage?.heightPx ?? 0);
  const missing = useViewer(({ stage }) => stage && missingNote(stage.tiles));
  const [width, height] = [widthPx, heightPx].map((px) => Math.round(px * devicePixelRatio));
  const scales = possibleScales(width ?? 0, height ?? 0);
  const [scale, setScale] = useState<string>("1");
  const [wanted, setWanted] = useState({ scaleBar: true, legend: true, title: true, note: true });
  const { status, save, copy, finish, cancel } = useExport(takeStill);
  const chosen = exportScales.find((each) => String(each) === scale && scales.includes(each)) ?? 1;
  const options = { scale: chosen, ...wanted };
  const isWorking = status.kind === "working";

  return (
    <div className="zs-export">
      <RadioRow
        label="Size"
        options={scales.map((each) => ({ value: String(each), label: `${each}×` }))}
        value={String(chosen)}
        onChange={setScale}
      />
      <p className="zs-export-size">
        {(width ?? 0) * chosen} × {(height ?? 0) * chosen} px
      </p>
      <Switch
        label="Scale bar"
        checked={wanted.scaleBar}
        onChange={(scaleBar) => setWanted({ ...wanted, scaleBar })}
      />
      <Switch
        label="Channel legend"
        checked={wanted.legend}
        onChange={(legend) => setWanted({ ...wanted, legend })}
      />
      <Switch
        label="Title"
        checked={wanted.title}
        onChange={(title) => setWanted({ ...wanted, title })}
      />
      <Switch
        label="A note on the picture if tiles are missing"
        checked={wanted.note}
        onChange={(note) => setWanted({ ...wanted, note })}
      />
      <p className="zs-export-missing" role="status">
        {missing}
      </p>
      <div className="zs-export-buttons">
        <Button variant="primary" disabled={isWorking} onClick={() => save(options)}>
          Save PNG
        </Button>
        <Button disabled={isWorking} onClick={() => copy(options)}>
          Copy picture
        </Button>
        {isWorking && (
          <>
            <Button onClick={finish}>Take what is there</Button>
            <Button variant="quiet" onClick={cancel}>
              Cancel
            </Button>
          </>
        )}
      </div>
      <ExportProgress status={status} />
      <p className="zs-export-hint">
        The file carries the link to this view (chunk “URL”). Pictures on the clipboard lose it.
      </p>
    </div>
  );
}
