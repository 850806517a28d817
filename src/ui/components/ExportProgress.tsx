import { missingNote } from "../export/missing-note.ts";
import { tileWords } from "./tile-words.ts";
import type { ExportStatus } from "./use-export.ts";

function words(status: ExportStatus): string {
  switch (status.kind) {
    case "idle":
      return "";
    case "working":
      return status.tiles ? `Drawing: ${tileWords(status.tiles)}` : "Drawing";
    case "failed":
      return `The picture could not be made. ${status.reason}`;
    case "done": {
      const { width, height, tiles } = status.picture;
      const done = `${status.how === "saved" ? "Saved" : "Copied"}, ${width} × ${height} px.`;
      const missing = missingNote(tiles);
      return missing === undefined ? done : `${done} ${missing}.`;
    }
  }
}

/** What becomes of the picture, one line that is there from the start so that it is announced. */
export function ExportProgress({ status }: { status: ExportStatus }) {
  return (
    <p className="zs-export-status" data-kind={status.kind} role="status">
      {words(status)}
    </p>
  );
}
