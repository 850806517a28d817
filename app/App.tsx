import { useLayoutEffect, useState } from "react";
import { Landing, type PublicDataset, type Sample } from "../src/ui/components/Landing.tsx";
import { OutdatedLine } from "../src/ui/components/OutdatedLine.tsx";
import type { Recents } from "../src/ui/components/RecentList.tsx";
import { usePageTitle } from "../src/ui/components/use-page-title.ts";
import { shownTheme } from "../src/ui/state/preferences.ts";
import { useViewer } from "../src/ui/state/viewer-context.ts";
import { viewerName } from "./deployment.ts";
import { LoadedViewer } from "./LoadedViewer.tsx";
import { PartBoundary } from "./PartBoundary.tsx";
import type { ViewerProps } from "./Viewer.tsx";
import "./app.css";

export type AppProps = ViewerProps & {
  samples: readonly Sample[];
  version: string;
  /** Of the installation, on its start page and in titles; undefined: the viewer's own. */
  name?: string | undefined;
  datasets?: readonly PublicDataset[];
  recents?: Recents;
};

function useTheme() {
  const theme = useViewer(shownTheme);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}

/** The page. It needs a ViewerContext around it. */
export function App({
  samples,
  version,
  name = viewerName,
  datasets,
  recents,
  ...viewer
}: AppProps) {
  const status = useViewer(({ source }) => source.status);
  // Once there, it stays: a WebGL context is dear.
  const [isWanted, setWanted] = useState(false);
  if (!isWanted && status !== "empty") setWanted(true);
  useTheme();
  usePageTitle(name);
  return (
    <div className="zs-app" data-status={status}>
      {status === "empty" && (
        <Landing
          samples={samples}
          version={version}
          name={name}
          datasets={datasets}
          recents={recents}
        />
      )}
      {isWanted && (
        <PartBoundary>
          <LoadedViewer {...viewer} />
        </PartBoundary>
      )}
      <OutdatedLine />
    </div>
  );
}
