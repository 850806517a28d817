import { useEffect, useRef, useState } from "react";
import type { TileCounts } from "../../zarr/chunks/chunk-state.ts";
import type { WantedDecorations } from "../export/decorations-of-state.ts";
import { type ExportedPicture, exportPicture, type StillTaker } from "../export/export-picture.ts";
import type { ExportScale } from "../export/export-size.ts";
import { pictureFileName } from "../export/file-name.ts";
import { openImageName } from "../state/image-list.ts";
import { useViewerStore } from "../state/viewer-context.ts";

export type ExportOptions = WantedDecorations & { readonly scale: ExportScale };

export type ExportStatus =
  | { readonly kind: "idle" }
  | { readonly kind: "working"; readonly tiles: TileCounts | undefined }
  | { readonly kind: "done"; readonly how: "saved" | "copied"; readonly picture: ExportedPicture }
  | { readonly kind: "failed"; readonly reason: string };

export type Export = {
  readonly status: ExportStatus;
  save(options: ExportOptions): void;
  copy(options: ExportOptions): void;
  /** Takes what is there by now. */
  finish(): void;
  cancel(): void;
};

type Run = { readonly ended: AbortController; readonly enough: AbortController };

function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser has taken it up by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Takes pictures of the view, one at a time; what is under way ends with the component. */
export function useExport(takeStill: StillTaker): Export {
  const store = useViewerStore();
  const [status, setStatus] = useState<ExportStatus>({ kind: "idle" });
  const run = useRef<Run>(undefined);
  useEffect(() => () => run.current?.ended.abort(), []);

  async function picture({ scale, ...wanted }: ExportOptions, own: Run): Promise<ExportedPicture> {
    const still = await takeStill({
      scale,
      signal: own.ended.signal,
      enough: own.enough.signal,
      onTiles: (tiles) => setStatus({ kind: "working", tiles }),
    });
    return exportPicture(still, store.getState(), wanted, location.href);
  }

  async function start(
    options: ExportOptions,
    how: "saved" | "copied",
    hand: (picture: Promise<ExportedPicture>) => Promise<void>,
  ) {
    run.current?.ended.abort();
    const own = { ended: new AbortController(), enough: new AbortController() };
    run.current = own;
    setStatus({ kind: "working", tiles: undefined });
    try {
      const making = picture(options, own);
      await hand(making);
      if (run.current === own) setStatus({ kind: "done", how, picture: await making });
    } catch (error) {
      if (run.current !== own || own.ended.signal.aborted) return;
      setStatus({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    status,
    save: (options) => {
      const name = pictureFileName(openImageName(store.getState()) ?? "");
      void start(options, "saved", async (making) => saveAs((await making).blob, name));
    },
    copy: (options) => {
      void start(options, "copied", async (making) => {
        // The promise goes in, so that the press still counts as the user's when the picture is ready.
        const png = making.then(({ blob }) => blob);
        await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
      });
    },
    finish: () => run.current?.enough.abort(),
    cancel: () => {
      run.current?.ended.abort();
      run.current = undefined;
      setStatus({ kind: "idle" });
    },
  };
}
