import { CursorStatus } from "./CursorStatus.tsx";
import { TileStatus } from "./TileStatus.tsx";

/** The bottom line: where and what on the left, what is loaded on the right. Each half renders on its own. */
export function StatusBar() {
  return (
    <footer className="zs-status">
      <div className="zs-status-cursor">
        <CursorStatus />
      </div>
      <div className="zs-status-tiles-group">
        <TileStatus />
      </div>
    </footer>
  );
}
