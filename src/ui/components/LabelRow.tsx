import { Eye, EyeOff, ListTree } from "lucide-react";
import { Popover } from "../kit/Popover.tsx";
import { RadioRow } from "../kit/RadioRow.tsx";
import { Slider } from "../kit/Slider.tsx";
import { Toggle } from "../kit/Toggle.tsx";
import type { LabelSettings } from "../state/labels.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { LabelObjects } from "./LabelObjects.tsx";

const styles = [
  { value: "fill", label: "Fill" },
  { value: "outline", label: "Outline" },
] as const;

/** One label image: shown or not, how, and its objects; what is wrong with it, if it could not be opened. */
export function LabelRow({ settings }: { settings: LabelSettings }) {
  const { name, visible, opacity, style } = settings;
  const actions = useViewerActions();
  const report = useViewer((state) => state.labelReports.get(name));
  return (
    <li className="zs-label" data-label={name} data-hidden={!visible || undefined}>
      <div className="zs-channel-head">
        <Toggle
          label={`Show labels ${name}`}
          pressed={visible}
          onChange={(pressed) => actions.setLabel(name, { visible: pressed })}
        >
          {visible ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
        </Toggle>
        <bdi className="zs-channel-name" title={name}>
          {name}
        </bdi>
        {visible && report?.status === "open" && (
          <Popover
            label={`Objects of ${name}`}
            beside=".zs-panel"
            trigger={
              <button type="button" className="zs-icon-button" aria-label={`Objects of ${name}`}>
                <ListTree size={16} aria-hidden />
              </button>
            }
          >
            <LabelObjects label={report.label} />
          </Popover>
        )}
      </div>
      {visible && report?.status === "failed" && (
        <p className="zs-label-failure" role="status">
          {report.failure.title} {report.failure.action}
        </p>
      )}
      {visible && report?.status !== "failed" && (
        <div className="zs-label-settings">
          <Slider
            label={`Opacity of ${name}`}
            value={Math.round(opacity * 100)}
            max={100}
            valueText={(value) => `${value} %`}
            onChange={(value) => actions.setLabel(name, { opacity: value / 100 })}
          />
          <RadioRow
            label={`Style of ${name}`}
            options={styles}
            value={style}
            onChange={(value) => actions.setLabel(name, { style: value })}
          />
        </div>
      )}
    </li>
  );
}
