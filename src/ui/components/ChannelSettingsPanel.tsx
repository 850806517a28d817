import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import type { ChannelSettings } from "../state/viewer-state.ts";
import { ChannelClipboard } from "./ChannelClipboard.tsx";
import { ColorPicker } from "./ColorPicker.tsx";
import { GammaField } from "./GammaField.tsx";
import { LutPicker } from "./LutPicker.tsx";

type ChannelSettingsPanelProps = { channel: ChannelSettings; name: string };

/** Everything about one channel's looks: colour, lookup table, gamma, direction, limits, copy and paste. */
export function ChannelSettingsPanel({ channel, name }: ChannelSettingsPanelProps) {
  const actions = useViewerActions();
  const { index, color, inverted, gamma, lut } = channel;
  const hasImported = useViewer(
    ({ source }) =>
      source.status === "open" &&
      source.image.channels.find((model) => model.index === index)?.window !== undefined,
  );
  return (
    <div className="zs-channel-settings">
      <ColorPicker
        color={color}
        isUsed={lut === null}
        inverted={inverted}
        onColor={(next) => actions.setChannel(index, { color: next, lut: null })}
        onInverted={(next) => actions.setChannel(index, { inverted: next })}
      />
      <LutPicker
        lut={lut}
        color={color}
        onChange={(next) => actions.setChannel(index, { lut: next })}
      />
      <GammaField
        name={name}
        gamma={gamma}
        onChange={(next) => actions.setChannel(index, { gamma: next })}
      />
      <div>
        <p className="zs-settings-title" aria-hidden>
          Display limits
        </p>
        <div className="zs-channel-buttons">
          <Button onClick={() => actions.fullRange(index)}>Full range</Button>
          <Button disabled={!hasImported} onClick={() => actions.importedRange(index)}>
            Imported
          </Button>
          <Button onClick={() => actions.resetChannel(index)}>Reset</Button>
        </div>
      </div>
      <ChannelClipboard channel={channel} />
    </div>
  );
}
