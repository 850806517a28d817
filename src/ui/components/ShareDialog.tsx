import type { StillTaker } from "../export/export-picture.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Tabs } from "../kit/Tabs.tsx";
import { useViewer } from "../state/viewer-context.ts";
import { ExportPicture } from "./ExportPicture.tsx";
import { ShareCode } from "./ShareCode.tsx";
import "../styles/share.css";

export type ShareTab = "picture" | "code";

type ShareDialogProps = {
  /** undefined: closed. */
  tab: ShareTab | undefined;
  onTab: (tab: ShareTab) => void;
  onClose: () => void;
  takeStill: StillTaker;
};

/** What can be taken away from the view: a picture, or code that leads back to it. */
export function ShareDialog({ tab, onTab, onClose, takeStill }: ShareDialogProps) {
  const isOpen = useViewer(({ source }) => source.status === "open");
  const selected = tab ?? "picture";
  return (
    <Dialog title="Export and embed" open={tab !== undefined && isOpen} onClose={onClose}>
      <Tabs
        label="Export and embed"
        selected={selected}
        onSelect={(id) => onTab(id === "code" ? "code" : "picture")}
        open
        tabs={[
          { id: "picture", title: "Picture", content: <ExportPicture takeStill={takeStill} /> },
          { id: "code", title: "Embed and code", content: <ShareCode /> },
        ]}
      />
    </Dialog>
  );
}
