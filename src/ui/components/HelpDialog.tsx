import { commandGroups } from "../commands/command.ts";
import { helpLines } from "../commands/commands.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Switch } from "../kit/Switch.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { isApplePlatform } from "./platform.ts";

type HelpDialogProps = { open: boolean; onClose: () => void };

const gestures: readonly (readonly [string, string])[] = [
  ["Drag", "Move the view"],
  ["Click", "Choose an object of labels"],
  ["Wheel, pinch", "Zoom at the cursor"],
  ["Shift+wheel", "Z plane"],
  ["Alt+wheel", "Time point"],
  ["Double-click", "Zoom in by 2 (with Shift out), or into a well of a plate"],
  ["Long press", "Values under the finger"],
];

function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <dt>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </dt>
  );
}

/** All keys and gestures, and the switch that turns single keys off. */
export function HelpDialog({ open, onClose }: HelpDialogProps) {
  const actions = useViewerActions();
  const shortcuts = useViewer(({ preferences }) => preferences.shortcuts);
  const isApple = isApplePlatform();
  return (
    <Dialog title="Keyboard and mouse" open={open} onClose={onClose}>
      <p className="zs-help-note">
        Keys work while the image has the focus: click it, or press Tab.
      </p>
      <Switch
        label="Single-key shortcuts"
        checked={shortcuts}
        onChange={(checked) => actions.setPreferences({ shortcuts: checked })}
      />
      <div className="zs-help-groups">
        {commandGroups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {helpLines(group, isApple).map(({ keys, title }) => (
                <div key={title}>
                  <Keys keys={keys} />
                  <dd>{title}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Mouse and touch</h3>
          <dl>
            {gestures.map(([gesture, title]) => (
              <div key={gesture}>
                <Keys keys={[gesture]} />
                <dd>{title}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
