import { useEffect, useState } from "react";
import { loadedViewer, loadViewer } from "./load-viewer.ts";
import type { ViewerProps } from "./Viewer.tsx";

/**
 * The viewer as soon as its code is there. Not by Suspense: React leaves a fallback on screen for 300 ms, however soon the code comes, and the first
 * chunk is asked for when the stage is in the page. Throws what loading threw.
 */
export function LoadedViewer(props: ViewerProps) {
  const [code, setCode] = useState(loadedViewer);
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  useEffect(() => {
    if (code === undefined) loadViewer().then(setCode, (error) => setFailure({ error }));
  }, [code]);
  if (failure) throw failure.error;
  return code ? (
    <code.Viewer {...props} />
  ) : (
    <main className="zs-image" aria-busy aria-label="Opening" />
  );
}
