import { ShieldAlert, TriangleAlert } from "lucide-react";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { formatBytes } from "../format/format-number.ts";
import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { failedWords, tileWords, unverifiedWords } from "./tile-words.ts";

function levelCount({ parts, levels }: ImageModel): number {
  return Math.max(...(parts ?? [{ image: { levels } }]).map(({ image }) => image.levels.length));
}

/** Which level is on screen, how many tiles of it are there, what failed, and what it took. */
export function TileStatus() {
  const actions = useViewerActions();
  const level = useViewer(({ stage }) => stage?.level);
  const levels = useViewer(({ source }) =>
    source.status === "open" ? levelCount(source.image) : 0,
  );
  const tiles = useViewer(({ stage }) => stage && tileWords(stage.tiles));
  const failed = useViewer(({ stage }) => stage && failedWords(stage));
  const mismatched = useViewer(({ stage }) => stage?.checksums.mismatched ?? 0);
  const shown = useViewer(({ stage }) => stage?.checksums.shown ?? 0);
  const showsUnverified = useViewer(
    ({ source }) => source.status === "open" && source.showsUnverified === true,
  );
  const opensAnyway = useViewer(
    ({ source }) => source.status === "open" && source.opensAnyway === true,
  );
  const bytes = useViewer(({ transfer }) => formatBytes(transfer.bytes));
  if (level === undefined || levels === 0) return null;
  return (
    <>
      {failed !== undefined && (
        <span className="zs-status-failed">
          <TriangleAlert size={14} aria-hidden />
          <span role="status">{failed}</span>
          <Button onClick={() => actions.retryFailed()}>Retry</Button>
          {mismatched > 0 && !showsUnverified && (
            <Button onClick={() => actions.showUnverified(true)}>Show unverified data</Button>
          )}
        </span>
      )}
      {showsUnverified && (
        <span className="zs-status-unverified">
          <ShieldAlert size={14} aria-hidden />
          <span role="status">{unverifiedWords(shown)}</span>
          <Button onClick={() => actions.showUnverified(false)}>Hide</Button>
        </span>
      )}
      {opensAnyway && (
        <span className="zs-status-unverified">
          <ShieldAlert size={14} aria-hidden />
          <span role="status">extension passed over</span>
        </span>
      )}
      <span className="zs-status-level">
        level {level + 1} of {levels}
      </span>
      <span className="zs-status-tiles">{tiles}</span>
      <span className="zs-status-bytes">{bytes}</span>
    </>
  );
}
