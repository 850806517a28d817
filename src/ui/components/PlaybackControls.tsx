import { Pause, Play } from "lucide-react";
import { IconButton } from "../kit/IconButton.tsx";
import { Popover } from "../kit/Popover.tsx";
import { RadioRow } from "../kit/RadioRow.tsx";
import { Slider } from "../kit/Slider.tsx";
import { fastestFps, type PlaybackMode, playbackModes, slowestFps } from "../state/playback.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

type PlaybackControlsProps = {
  /** Name of the axis, and as it is shown. */
  axis: string;
  name: string;
  /** Space plays this axis. */
  hasShortcut: boolean;
};

const modeNames: Readonly<Record<PlaybackMode, string>> = {
  loop: "Loop",
  "ping-pong": "To and fro",
  once: "Once",
};

/** Play and pause, and how fast. The rate is the viewer's: what plays next plays as fast. */
export function PlaybackControls({ axis, name, hasShortcut }: PlaybackControlsProps) {
  const actions = useViewerActions();
  const isPlaying = useViewer(({ playback }) => playback.playing === axis);
  const fps = useViewer(({ playback }) => playback.fps);
  const mode = useViewer(({ playback }) => playback.mode);
  return (
    <>
      <IconButton
        label={isPlaying ? `Pause ${name}` : `Play ${name}`}
        {...(hasShortcut ? { shortcut: "Space" } : {})}
        onClick={() => actions.setPlayback({ playing: isPlaying ? undefined : axis })}
      >
        {isPlaying ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
      </IconButton>
      <Popover
        label={`Playback of ${name}`}
        side="top"
        trigger={
          <button
            type="button"
            className="zs-button zs-fps"
            data-variant="quiet"
            aria-label={`Playback of ${name}: ${fps} frames per second, ${modeNames[mode].toLowerCase()}`}
          >
            {fps} fps
          </button>
        }
      >
        <div className="zs-playback">
          <div className="zs-playback-rate">
            <span>Frames per second</span>
            <output>{fps}</output>
          </div>
          <Slider
            label="Frames per second"
            value={fps - slowestFps}
            max={fastestFps - slowestFps}
            valueText={(value) => `${value + slowestFps} frames per second`}
            onChange={(value) => actions.setPlayback({ fps: value + slowestFps })}
          />
          <RadioRow
            label="At the end"
            options={playbackModes.map((value) => ({ value, label: modeNames[value] }))}
            value={mode}
            onChange={(next) => actions.setPlayback({ mode: next })}
          />
        </div>
      </Popover>
    </>
  );
}
