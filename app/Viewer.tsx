import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import type { Chrome } from "../src/ui/commands/command.ts";
import { Canvas } from "../src/ui/components/Canvas.tsx";
import { ContrastHint } from "../src/ui/components/ContrastHint.tsx";
import { DimensionBar } from "../src/ui/components/DimensionBar.tsx";
import { FailureView } from "../src/ui/components/FailureView.tsx";
import { GraphicsFailure } from "../src/ui/components/GraphicsFailure.tsx";
import type { MountThumbnail } from "../src/ui/components/ImageChooser.tsx";
import { Navigator } from "../src/ui/components/Navigator.tsx";
import { NoticeLine } from "../src/ui/components/NoticeLine.tsx";
import { Panel } from "../src/ui/components/Panel.tsx";
import { PausedLine } from "../src/ui/components/PausedLine.tsx";
import { ProgressLine } from "../src/ui/components/ProgressLine.tsx";
import { ScaleBar } from "../src/ui/components/ScaleBar.tsx";
import type { ShareTab } from "../src/ui/components/ShareDialog.tsx";
import { Sheet } from "../src/ui/components/Sheet.tsx";
import { SourceTrouble } from "../src/ui/components/SourceTrouble.tsx";
import { StatusBar } from "../src/ui/components/StatusBar.tsx";
import { TopBar } from "../src/ui/components/TopBar.tsx";
import { useMediaQuery } from "../src/ui/components/use-media-query.ts";
import { ViewControls } from "../src/ui/components/ViewControls.tsx";
import type { StillTaker } from "../src/ui/export/export-picture.ts";
import { TooltipProvider } from "../src/ui/kit/Tooltip.tsx";
import { hasChoice } from "../src/ui/state/image-list.ts";
import { LayoutContext } from "../src/ui/state/LayoutContext.tsx";
import { useViewer } from "../src/ui/state/viewer-context.ts";
import { PartBoundary } from "./PartBoundary.tsx";

/** In the same file for the browser: it is made of the same parts, which would else be part of the start page. */
export { FrameApp } from "./frame/FrameApp.tsx";

export type ViewerProps = {
  /** Puts the stage into an element and returns what takes it out; called once an image is first asked for. Keep it stable. */
  mountStage: (element: HTMLElement) => () => void;
  /** Paints the whole plane on a canvas; returns what ends it. Keep it stable. */
  mountOverview: (canvas: HTMLCanvasElement) => () => void;
  /** Paints one of the source's images, small, on a canvas while that is on screen; returns what ends it. Keep it stable. */
  mountThumbnail: MountThumbnail;
  /** Takes a picture of the view. Keep it stable. */
  takeStill: StillTaker;
};

const panelId = "zs-panel-body";
const wide = "(min-width: 640px)";

const HelpDialog = lazy(async () => ({
  default: (await import("../src/ui/components/HelpDialog.tsx")).HelpDialog,
}));
const CommandPalette = lazy(async () => ({
  default: (await import("../src/ui/components/CommandPalette.tsx")).CommandPalette,
}));

const ShareDialog = lazy(async () => ({
  default: (await import("../src/ui/components/ShareDialog.tsx")).ShareDialog,
}));

/** A dialog that cannot be loaded takes nothing else down; that a part is missing is told elsewhere. */
function Part({ children }: { children: ReactNode }) {
  return (
    <PartBoundary fallback={null}>
      <Suspense>{children}</Suspense>
    </PartBoundary>
  );
}

function toggleFullscreen(): void {
  if (!document.fullscreenEnabled) return;
  const change =
    document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen();
  // Browsers refuse it in some moments; then nothing changes, which is seen.
  change.catch(() => {});
}

/** All of the page but the start page: image, panels, bars. It needs a ViewerContext around it. */
export function Viewer({ mountStage, mountOverview, mountThumbnail, takeStill }: ViewerProps) {
  const status = useViewer(({ source }) => source.status);
  const isWide = useMediaQuery(wide);
  const [panelOpen, setPanelOpen] = useState(true);
  const togglePanel = useCallback(() => setPanelOpen((open) => !open), []);
  // Once there, the stage stays: a WebGL context is dear.
  const [stageWanted, setStageWanted] = useState(false);
  if (!stageWanted && (status === "opening" || status === "open")) setStageWanted(true);
  const isOpen = status === "open";
  // The frame stands while the next image opens, so that nothing jumps, and beside one of several that cannot be opened.
  const isChoosing = useViewer(hasChoice);
  const hasFrame = isOpen || status === "opening" || isChoosing;
  // What was opened once stays mounted, so that closing gives the focus back.
  const [dialog, setDialog] = useState<"help" | "palette">();
  const [isDialogWanted, setDialogWanted] = useState(false);
  if (dialog !== undefined && !isDialogWanted) setDialogWanted(true);
  const closeDialog = useCallback(() => setDialog(undefined), []);
  const [shareTab, setShareTab] = useState<ShareTab>();
  const [isShareWanted, setShareWanted] = useState(false);
  if (shareTab !== undefined && !isShareWanted) setShareWanted(true);
  const closeShare = useCallback(() => setShareTab(undefined), []);
  const chrome = useMemo<Chrome>(
    () => ({
      togglePanel,
      toggleFullscreen,
      openHelp: () => setDialog("help"),
      openPalette: () => setDialog("palette"),
      openShare: setShareTab,
    }),
    [togglePanel],
  );

  return (
    <TooltipProvider>
      {status !== "empty" && <TopBar panelOpen={panelOpen} chrome={chrome} />}
      {hasFrame && isWide && (
        <Panel id={panelId} open={panelOpen} mountThumbnail={mountThumbnail} />
      )}
      {hasFrame && !isWide && (
        <Sheet open={panelOpen} onToggle={togglePanel} mountThumbnail={mountThumbnail} />
      )}
      <main className="zs-image" aria-busy={status === "opening"} hidden={status === "empty"}>
        {stageWanted && <Canvas mountStage={mountStage} chrome={chrome} />}
        {status === "opening" && <h1 className="zs-visually-hidden">Opening</h1>}
        <ProgressLine />
        {isOpen && (
          <>
            <ScaleBar />
            <Navigator mountOverview={mountOverview} />
            <ContrastHint />
            <ViewControls />
          </>
        )}
        <FailureView />
        <GraphicsFailure />
        <div className="zs-notices">
          <PausedLine />
          <SourceTrouble />
          <NoticeLine />
        </div>
      </main>
      {isWide && (
        <LayoutContext>
          <DimensionBar />
        </LayoutContext>
      )}
      {hasFrame && <StatusBar />}
      {isDialogWanted && (
        <Part>
          <HelpDialog open={dialog === "help"} onClose={closeDialog} />
          <CommandPalette open={dialog === "palette"} onClose={closeDialog} chrome={chrome} />
        </Part>
      )}
      {isShareWanted && (
        <Part>
          <ShareDialog
            tab={shareTab}
            onTab={setShareTab}
            onClose={closeShare}
            takeStill={takeStill}
          />
        </Part>
      )}
    </TooltipProvider>
  );
}
