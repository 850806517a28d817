import { useViewer } from "../state/viewer-context.ts";
import { CursorStatus } from "./CursorStatus.tsx";
import { TileStatus } from "./TileStatus.tsx";
import { WellStatus } from "./WellStatus.tsx";

function OpeningStatus() {
  const isOpening = useViewer(({ source }) => source.status === "opening");
  return <span role="status">{isOpening && "Reading metadata"}</span>;
}

/** The bottom line: where and what on the left, what is loaded on the right. Each part renders on its own. */
export function StatusBar() {
  return (
    <footer className="zs-status">
      <div className="zs-status-cursor">
        <WellStatus />
        <CursorStatus />
        <OpeningStatus />
      </div>
      <div className="zs-status-tiles-group">
        <TileStatus />
      </div>
    </footer>
  );
}
