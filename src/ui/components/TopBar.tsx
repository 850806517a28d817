import { ImageDown, Keyboard, Maximize2, PanelLeft } from "lucide-react";
import type { Chrome } from "../commands/command.ts";
import { IconButton } from "../kit/IconButton.tsx";
import { hasChoice, openImageName, seriesOf } from "../state/image-list.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { CopyLink } from "./CopyLink.tsx";
import { Logo } from "./Logo.tsx";
import { PrivateNote } from "./PrivateNote.tsx";
import { SettingsMenu } from "./SettingsMenu.tsx";
import { UrlField } from "./UrlField.tsx";

type TopBarProps = { panelOpen: boolean; chrome: Chrome };

function Title() {
  const name = useViewer(openImageName);
  const count = useViewer(({ imageList }) => imageList?.images.length ?? 1);
  const series = useViewer(({ source }) => seriesOf(source));
  const format = useViewer(({ source }) =>
    source.status === "open" ? source.image.format : undefined,
  );
  if (name === undefined) return null;
  return (
    <div className="zs-title">
      <h1>
        <bdi title={name}>{name}</bdi>
      </h1>
      <span className="zs-title-format">
        {count > 1 && `${series + 1} of ${count} · `}
        {format}
      </span>
    </div>
  );
}

/** One line: home, address, what is open, share. */
export function TopBar({ panelOpen, chrome }: TopBarProps) {
  const actions = useViewerActions();
  const isOpen = useViewer(({ source }) => source.status === "open");
  const hasPanel = useViewer(
    (state) =>
      state.source.status === "open" || state.source.status === "opening" || hasChoice(state),
  );
  return (
    <header className="zs-top">
      <button
        type="button"
        className="zs-home"
        aria-label="Zarrscope, start page"
        onClick={() => actions.close()}
      >
        <Logo size={20} />
        <span className="zs-home-name">Zarrscope</span>
      </button>
      {hasPanel && (
        <span className="zs-panel-toggle">
          <IconButton
            label={panelOpen ? "Hide panel" : "Show panel"}
            shortcut="K"
            expanded={panelOpen}
            onClick={() => chrome.togglePanel()}
          >
            <PanelLeft size={16} aria-hidden />
          </IconButton>
        </span>
      )}
      <UrlField />
      <PrivateNote />
      <Title />
      <div className="zs-top-actions">
        {isOpen && (
          <>
            <CopyLink />
            <IconButton
              label="Export and embed"
              shortcut="E"
              onClick={() => chrome.openShare("picture")}
            >
              <ImageDown size={16} aria-hidden />
            </IconButton>
          </>
        )}
        <SettingsMenu chrome={chrome} />
        <span className="zs-top-wide">
          {document.fullscreenEnabled && (
            <IconButton label="Full screen" shortcut="F" onClick={() => chrome.toggleFullscreen()}>
              <Maximize2 size={16} aria-hidden />
            </IconButton>
          )}
          <IconButton label="Keyboard shortcuts" shortcut="?" onClick={() => chrome.openHelp()}>
            <Keyboard size={16} aria-hidden />
          </IconButton>
        </span>
      </div>
    </header>
  );
}
