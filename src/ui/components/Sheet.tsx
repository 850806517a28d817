import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../kit/IconButton.tsx";
import { Tabs } from "../kit/Tabs.tsx";
import { hasChoice } from "../state/image-list.ts";
import { sliderAxes } from "../state/selection.ts";
import { useViewer } from "../state/viewer-context.ts";
import { ChannelList } from "./ChannelList.tsx";
import { DimensionBar } from "./DimensionBar.tsx";
import { ImageChooser, type MountThumbnail } from "./ImageChooser.tsx";
import { ImageInfo } from "./ImageInfo.tsx";
import { LabelList } from "./LabelList.tsx";
import { PlateSection } from "./PlateSection.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { SourceSwitcher } from "./SourceSwitcher.tsx";
import { SystemChooser } from "./SystemChooser.tsx";

type SheetProps = { open: boolean; onToggle: () => void; mountThumbnail: MountThumbnail };

/** The panel of narrow pages: a sheet at the bottom, in reach of a thumb, whose tabs stay when it is closed. */
export function Sheet({ open, onToggle, mountThumbnail }: SheetProps) {
  const image = useViewer(({ source }) => (source.status === "open" ? source.image : undefined));
  const problems = useViewer((state) => state.problems.length);
  const hasImages = useViewer(hasChoice);
  const isPlate = useViewer(({ plate: shown }) => shown !== undefined);
  const hasPlanes = image !== undefined && sliderAxes(image).length > 0;
  const hasLabels = useViewer((state) => state.labels.length > 0);
  const [wanted, setWanted] = useState("planes");
  const fallback = hasImages && image === undefined ? "images" : "channels";
  const places: Readonly<Record<string, boolean>> = {
    images: hasImages,
    planes: hasPlanes,
    labels: hasLabels,
  };
  const selected = (places[wanted] ?? image !== undefined) ? wanted : fallback;
  const planes = { id: "planes", title: "Planes", content: <DimensionBar /> };
  const plate = { id: "plate", title: "Plate", content: <PlateSection /> };
  const images = {
    id: "images",
    title: "Images",
    content: <ImageChooser mountThumbnail={mountThumbnail} />,
  };
  const info = (
    <>
      Info{problems > 0 && <span className="zs-tab-count"> {problems}</span>}
      {problems > 0 && <span className="zs-visually-hidden"> problems</span>}
    </>
  );
  const tabs = [
    ...(hasImages ? [images] : []),
    { id: "channels", title: "Channels", content: <ChannelList /> },
    ...(hasLabels ? [{ id: "labels", title: "Labels", content: <LabelList /> }] : []),
    ...(hasPlanes ? [planes] : []),
    ...(isPlate ? [plate] : []),
    {
      id: "info",
      title: info,
      content: (
        <>
          <SystemChooser />
          <SourceSwitcher />
          <ImageInfo defaultOpen />
          <ProblemList />
        </>
      ),
    },
  ];
  return (
    <aside className="zs-panel zs-sheet" aria-label="Channels and image">
      <Tabs
        label="Channels and image"
        tabs={tabs}
        selected={selected}
        open={open}
        onSelect={(id) => {
          // The tab that is up is also what puts the sheet away.
          if (!open || id === selected) onToggle();
          setWanted(id);
        }}
        after={
          <IconButton label={open ? "Hide panel" : "Show panel"} expanded={open} onClick={onToggle}>
            {open ? <ChevronDown size={18} aria-hidden /> : <ChevronUp size={18} aria-hidden />}
          </IconButton>
        }
      />
    </aside>
  );
}
