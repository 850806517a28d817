import { type ReactNode, useEffect, useState } from "react";
import { loadedViewer, loadViewer } from "./load-viewer.ts";
import type { ViewerProps } from "./Viewer.tsx";

type Loading =
  | { readonly status: "loading" }
  | { readonly status: "there"; readonly Viewer: (props: ViewerProps) => ReactNode }
  | { readonly status: "failed"; readonly error: unknown };

/**
 * The viewer as soon as its code is there. Not by Suspense: React leaves a fallback on screen for 300 ms, however soon the code comes, and the first
 * chunk is asked for when the stage is in the page. Throws what loading threw.
 */
export function LoadedViewer(props: ViewerProps) {
  const [loading, setLoading] = useState<Loading>(() => {
    const code = loadedViewer();
    return code ? { status: "there", Viewer: code.Viewer } : { status: "loading" };
  });
  useEffect(() => {
    let isMounted = true;
    const settle = (outcome: Loading) => {
      if (isMounted) setLoading(outcome);
    };
    loadViewer().then(
      ({ Viewer }) => settle({ status: "there", Viewer }),
      (error: unknown) => settle({ status: "failed", error }),
    );
    return () => {
      isMounted = false;
    };
  }, []);
  if (loading.status === "failed") throw loading.error;
  if (loading.status === "loading") {
    return <main className="zs-image" aria-busy aria-label="Opening" />;
  }
  return <loading.Viewer {...props} />;
}
