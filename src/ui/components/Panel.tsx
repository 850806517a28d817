import { ChannelList } from "./ChannelList.tsx";
import { ImageInfo } from "./ImageInfo.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { SystemChooser } from "./SystemChooser.tsx";

/** The panel at the left. On narrow pages there is `Sheet` instead. */
export function Panel({ id, open }: { id: string; open: boolean }) {
  return (
    <aside className="zs-panel" aria-label="Channels and image">
      <div id={id} className="zs-panel-body" hidden={!open}>
        <ChannelList />
        <SystemChooser />
        <ImageInfo />
        <ProblemList />
      </div>
    </aside>
  );
}
