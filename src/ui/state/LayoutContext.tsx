import { type ReactNode, useMemo } from "react";
import { useViewerContext, ViewerContext } from "./viewer-context.ts";

/** Around what takes room from the image: it follows the state sooner than what only stands beside it. */
export function LayoutContext({ children }: { children: ReactNode }) {
  const viewer = useViewerContext();
  const ahead = useMemo(() => ({ ...viewer, shown: viewer.layout ?? viewer.store }), [viewer]);
  return <ViewerContext value={ahead}>{children}</ViewerContext>;
}
