import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Chrome } from "../../src/ui/commands/command.ts";
import { Canvas } from "../../src/ui/components/Canvas.tsx";
import { DimensionBar } from "../../src/ui/components/DimensionBar.tsx";
import { FailureView } from "../../src/ui/components/FailureView.tsx";
import { GraphicsFailure } from "../../src/ui/components/GraphicsFailure.tsx";
import type { MountThumbnail } from "../../src/ui/components/ImageChooser.tsx";
import { NoticeLine } from "../../src/ui/components/NoticeLine.tsx";
import { OutdatedLine } from "../../src/ui/components/OutdatedLine.tsx";
import { Panel } from "../../src/ui/components/Panel.tsx";
import { PausedLine } from "../../src/ui/components/PausedLine.tsx";
import { ProgressLine } from "../../src/ui/components/ProgressLine.tsx";
import { isApplePlatform } from "../../src/ui/components/platform.ts";
import { ScaleBar } from "../../src/ui/components/ScaleBar.tsx";
import { SourceTrouble } from "../../src/ui/components/SourceTrouble.tsx";
import { StatusBar } from "../../src/ui/components/StatusBar.tsx";
import { useMediaQuery } from "../../src/ui/components/use-media-query.ts";
import { usePageTitle } from "../../src/ui/components/use-page-title.ts";
import { ViewControls } from "../../src/ui/components/ViewControls.tsx";
import { TooltipProvider } from "../../src/ui/kit/Tooltip.tsx";
import type { FrameOptions } from "../../src/ui/state/frame-options.ts";
import { openImageName } from "../../src/ui/state/image-list.ts";
import { LayoutContext } from "../../src/ui/state/LayoutContext.tsx";
import { shownTheme } from "../../src/ui/state/preferences.ts";
import { useViewer, useViewerActions } from "../../src/ui/state/viewer-context.ts";
import { FrameCorner } from "./FrameCorner.tsx";
import { FramePoster } from "./FramePoster.tsx";
import { cooperativeGestures, type FrameGestureOptions } from "./frame-gestures.ts";
import "../app.css";
import "./frame.css";

type FrameAppProps = {
  /** Of the viewer, or of the installation. */
  viewerName: string;
  options: FrameOptions;
  /** As `AppProps.mountStage`. */
  mountStage: (element: HTMLElement) => () => void;
  mountThumbnail: MountThumbnail;
  /** The visitor wants to see the image. */
  onShow: () => void;
};

const hintMs = 2000;

type Prevented = Parameters<FrameGestureOptions["onPrevented"]>[0];

/** A line that comes when a gesture went to the page, and goes by itself. */
function useGestureHint(): readonly [string, (by: Prevented) => void] {
  const [hint, setHint] = useState<{ readonly by: Prevented }>();
  useEffect(() => {
    if (hint === undefined) return undefined;
    const timer = setTimeout(() => setHint(undefined), hintMs);
    return () => clearTimeout(timer);
  }, [hint]);
  const show = useCallback((by: Prevented) => setHint({ by }), []);
  return [hint === undefined ? "" : gestureHint(hint.by), show];
}

function gestureHint(by: Prevented): string {
  return by === "finger"
    ? "Use two fingers to move the image, or tap it first."
    : `Hold ${isApplePlatform() ? "⌘" : "Ctrl"} to zoom, or click the image first.`;
}

/** The viewer in a page of somebody else: the image, and as much around it as was asked for. */
export function FrameApp({
  viewerName,
  options,
  mountStage,
  mountThumbnail,
  onShow,
}: FrameAppProps) {
  const { locks } = options;
  const status = useViewer(({ source }) => source.status);
  const theme = useViewer(shownTheme);
  const name = useViewer(openImageName);
  const actions = useViewerActions();
  const isWide = useMediaQuery("(min-width: 640px)");
  const [hint, showHint] = useGestureHint();
  const main = useRef<HTMLElement>(null);
  const [stageWanted, setStageWanted] = useState(false);
  if (!stageWanted && (status === "opening" || status === "open")) setStageWanted(true);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  usePageTitle(viewerName);
  useEffect(() => {
    if (!main.current) return undefined;
    const zoomBy = actions.zoomBy;
    return cooperativeGestures(main.current, { locks, onPrevented: showHint, zoomBy });
  }, [actions, locks, showHint]);
  const chrome = useMemo<Chrome>(
    () => ({
      togglePanel: () => {},
      openHelp: () => {},
      openPalette: () => {},
      openShare: () => {},
      toggleFullscreen: () => {},
    }),
    [],
  );

  const isOpen = status === "open";
  const isFull = options.interface === "full";
  const hasControls = options.interface !== "none";
  const canMove = !locks.has("pan") && !locks.has("zoom");
  return (
    <TooltipProvider>
      <div className="zs-app zs-frame" data-status={status === "empty" ? "opening" : status}>
        {isFull && isOpen && isWide && !locks.has("channels") && (
          <Panel id="zs-panel-body" open mountThumbnail={mountThumbnail} />
        )}
        <main ref={main} className="zs-image" aria-busy={status === "opening"}>
          {stageWanted && <Canvas mountStage={mountStage} chrome={chrome} />}
          {isOpen && <h1 className="zs-visually-hidden">{name || "Image"}</h1>}
          <ProgressLine />
          {isOpen && <ScaleBar />}
          {isOpen && hasControls && canMove && <ViewControls />}
          {status === "empty" && <FramePoster onShow={onShow} />}
          <FailureView />
          <GraphicsFailure />
          {hasControls && <FrameCorner />}
          <p className="zs-frame-hint" role="status">
            {hint}
          </p>
          <div className="zs-notices">
            <OutdatedLine />
            <PausedLine />
            <SourceTrouble />
            <NoticeLine />
          </div>
        </main>
        {hasControls && !locks.has("planes") && (
          <LayoutContext>
            <DimensionBar />
          </LayoutContext>
        )}
        {isOpen && isFull && <StatusBar />}
      </div>
    </TooltipProvider>
  );
}
