import { useCallback, useEffect, useState } from "react";
import { Canvas } from "../src/ui/components/Canvas.tsx";
import { DimensionBar } from "../src/ui/components/DimensionBar.tsx";
import { FailureView } from "../src/ui/components/FailureView.tsx";
import { Landing, type Sample } from "../src/ui/components/Landing.tsx";
import { NoticeLine } from "../src/ui/components/NoticeLine.tsx";
import { Panel } from "../src/ui/components/Panel.tsx";
import { ProgressLine } from "../src/ui/components/ProgressLine.tsx";
import { ScaleBar } from "../src/ui/components/ScaleBar.tsx";
import { StatusBar } from "../src/ui/components/StatusBar.tsx";
import { TopBar } from "../src/ui/components/TopBar.tsx";
import { ViewControls } from "../src/ui/components/ViewControls.tsx";
import { TooltipProvider } from "../src/ui/kit/Tooltip.tsx";
import { useViewer } from "../src/ui/state/viewer-context.ts";
import "./app.css";

export type AppProps = {
  /** Puts the stage into an element and returns what takes it out; called once an image is first asked for. Keep it stable. */
  mountStage: (element: HTMLElement) => () => void;
  samples: readonly Sample[];
  version: string;
};

const panelId = "zs-panel-body";
const wide = "(min-width: 640px)";

function usePageTitle() {
  const name = useViewer(({ source }) =>
    source.status === "open" ? source.image.name : undefined,
  );
  useEffect(() => {
    document.title = name === undefined || name === "" ? "Zarrscope" : `${name} · Zarrscope`;
  }, [name]);
}

/** The page. It needs a ViewerContext around it. */
export function App({ mountStage, samples, version }: AppProps) {
  const status = useViewer(({ source }) => source.status);
  const [panelOpen, setPanelOpen] = useState(() => matchMedia(wide).matches);
  const togglePanel = useCallback(() => setPanelOpen((open) => !open), []);
  // Once there, the stage stays: a WebGL context is dear.
  const [stageWanted, setStageWanted] = useState(false);
  if (!stageWanted && (status === "opening" || status === "open")) setStageWanted(true);
  const isOpen = status === "open";
  // The frame stands while the next image opens, so that nothing jumps.
  const hasFrame = isOpen || status === "opening";
  usePageTitle();

  return (
    <TooltipProvider>
      <div className="zs-app" data-status={status}>
        {status === "empty" && <Landing samples={samples} version={version} />}
        {status !== "empty" && <TopBar panelOpen={panelOpen} onTogglePanel={togglePanel} />}
        {hasFrame && <Panel id={panelId} open={panelOpen} onToggle={togglePanel} />}
        <main className="zs-image" aria-busy={status === "opening"} hidden={status === "empty"}>
          {stageWanted && <Canvas mountStage={mountStage} onTogglePanel={togglePanel} />}
          {status === "opening" && <h1 className="zs-visually-hidden">Opening</h1>}
          <ProgressLine />
          {isOpen && (
            <>
              <ScaleBar />
              <ViewControls />
            </>
          )}
          <FailureView />
          <NoticeLine />
        </main>
        {isOpen && <DimensionBar />}
        {hasFrame && <StatusBar />}
      </div>
    </TooltipProvider>
  );
}
