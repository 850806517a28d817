import { ChannelList } from "./ChannelList.tsx";
import { ImageChooser, type MountThumbnail } from "./ImageChooser.tsx";
import { ImageInfo } from "./ImageInfo.tsx";
import { LabelList } from "./LabelList.tsx";
import { PlateSection } from "./PlateSection.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { SourceSwitcher } from "./SourceSwitcher.tsx";
import { SystemChooser } from "./SystemChooser.tsx";

type PanelProps = { id: string; open: boolean; mountThumbnail: MountThumbnail };

/** The panel at the left. On narrow pages there is `Sheet` instead. */
export function Panel({ id, open, mountThumbnail }: PanelProps) {
  return (
    <aside className="zs-panel" aria-label="Channels and image">
      <div id={id} className="zs-panel-body" hidden={!open}>
        <SourceSwitcher />
        <ImageChooser mountThumbnail={mountThumbnail} />
        <PlateSection />
        <ChannelList />
        <LabelList />
        <SystemChooser />
        <ImageInfo />
        <ProblemList />
      </div>
    </aside>
  );
}
