import { Maximize2, Redo2, Settings, Undo2 } from "lucide-react";
import type { Chrome } from "../commands/command.ts";
import { themeNames } from "../commands/page-commands.ts";
import { Button } from "../kit/Button.tsx";
import { Popover } from "../kit/Popover.tsx";
import { RadioRow } from "../kit/RadioRow.tsx";
import { Switch } from "../kit/Switch.tsx";
import { shownTheme, themes } from "../state/preferences.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

const backgrounds = [
  { value: "000000", label: "Black" },
  { value: "FFFFFF", label: "White" },
] as const;

/** What a person sets once: colours, shortcuts, scale bar; and, where the bar is too narrow for them, its other buttons. */
export function SettingsMenu({ chrome }: { chrome: Chrome }) {
  const actions = useViewerActions();
  const { shortcuts, scaleBar } = useViewer(({ preferences }) => preferences);
  const theme = useViewer(shownTheme);
  const background = useViewer(({ imageBackground }) => imageBackground);
  const { canUndo, canRedo } = useViewer(({ undo }) => undo);
  return (
    <Popover
      label="Settings"
      side="bottom"
      trigger={
        <button type="button" className="zs-icon-button" aria-label="Settings" title="Settings">
          <Settings size={16} aria-hidden />
        </button>
      }
    >
      <div className="zs-settings">
        <RadioRow
          label="Theme"
          options={themes.map((value) => ({ value, label: themeNames[value] }))}
          value={theme}
          onChange={(next) => actions.setPreferences({ theme: next })}
        />
        <RadioRow
          label="Image background"
          options={backgrounds}
          value={background}
          onChange={(next) => actions.setImageBackground(next)}
        />
        <Switch
          label="Scale bar"
          checked={scaleBar}
          onChange={(checked) => actions.setPreferences({ scaleBar: checked })}
        />
        <Switch
          label="Single-key shortcuts"
          checked={shortcuts}
          onChange={(checked) => actions.setPreferences({ shortcuts: checked })}
        />
        <div className="zs-settings-actions">
          <Button disabled={!canUndo} onClick={() => actions.undo()}>
            <Undo2 size={14} aria-hidden />
            Undo
          </Button>
          <Button disabled={!canRedo} onClick={() => actions.redo()}>
            <Redo2 size={14} aria-hidden />
            Redo
          </Button>
          {document.fullscreenEnabled && (
            <Button onClick={() => chrome.toggleFullscreen()}>
              <Maximize2 size={14} aria-hidden />
              Full screen
            </Button>
          )}
        </div>
      </div>
    </Popover>
  );
}
