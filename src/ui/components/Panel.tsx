import { ChevronDown, ChevronUp } from "lucide-react";
import { ChannelList } from "./ChannelList.tsx";
import { ImageInfo } from "./ImageInfo.tsx";
import { ProblemList } from "./ProblemList.tsx";

type PanelProps = { id: string; open: boolean; onToggle: () => void };

/** The panel at the left; a sheet at the bottom of narrow pages, where its head stays to open it. */
export function Panel({ id, open, onToggle }: PanelProps) {
  return (
    <aside className="zs-panel" aria-label="Channels and image" data-open={open || undefined}>
      <button
        type="button"
        className="zs-sheet-head"
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
      >
        Channels and image
        {open ? <ChevronDown size={18} aria-hidden /> : <ChevronUp size={18} aria-hidden />}
      </button>
      <div id={id} className="zs-panel-body" hidden={!open}>
        <ChannelList />
        <ImageInfo />
        <ProblemList />
      </div>
    </aside>
  );
}
