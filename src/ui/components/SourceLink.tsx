import type { ReactNode } from "react";
import { emptyLink, formatLink } from "../state/link.ts";
import { useViewerActions } from "../state/viewer-context.ts";

type SourceLinkProps = {
  /** Absolute, or relative to the page. */
  url: string;
  className?: string;
  children: ReactNode;
};

/** A link that opens a source in this page; with a modifier key it is the browser's business. */
export function SourceLink({ url, className = "zs-source", children }: SourceLinkProps) {
  const actions = useViewerActions();
  return (
    <a
      className={className}
      href={formatLink({ ...emptyLink, source: url }).search}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        actions.open(url);
      }}
    >
      {children}
    </a>
  );
}
