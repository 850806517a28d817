import { ExternalLink } from "lucide-react";
import { Logo } from "../../src/ui/components/Logo.tsx";
import { fullAddress } from "../../src/ui/state/frame-options.ts";
import { linkToState } from "../../src/ui/state/link-address.ts";
import { useViewerStore } from "../../src/ui/state/viewer-context.ts";

/** Leads out of the frame: the same view in the full viewer, in a tab of its own. */
export function FrameCorner() {
  const store = useViewerStore();
  return (
    <a
      className="zs-frame-corner"
      href={fullAddress(location.href)}
      target="_blank"
      rel="noopener"
      onClick={(event) => {
        const state = store.getState();
        if (state.source.status !== "open") return;
        event.currentTarget.href = linkToState(state, location.href);
      }}
    >
      <Logo size={16} />
      Open full viewer
      <ExternalLink size={14} aria-hidden />
    </a>
  );
}
