import { X } from "lucide-react";
import { colorsOfLabel } from "../../layers/labels/label-colors.ts";
import { labelProperties, parseLabelId } from "../format/label-words.ts";
import { IconButton } from "../kit/IconButton.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { LabelSwatch } from "./LabelSwatch.tsx";

/** The object that was clicked or chosen: its id and all that the metadata say of it. */
export function PinnedLabel() {
  const pinned = useViewer((state) => state.pinnedLabel);
  const report = useViewer(({ labelReports }) => labelReports.get(pinned?.name ?? ""));
  const actions = useViewerActions();
  if (pinned === undefined || report?.status !== "open") return null;
  const { label } = report;
  const id = parseLabelId(pinned.id);
  if (id === undefined) return null;
  const properties = labelProperties(label.properties.get(id));
  return (
    <section className="zs-label-pinned" aria-label={`Object ${pinned.id} of ${pinned.name}`}>
      <div className="zs-channel-head">
        <LabelSwatch color={colorsOfLabel(label).of(id)} />
        <span className="zs-channel-name">
          <bdi>{pinned.name}</bdi> <b className="zs-label-id">{pinned.id}</b>
        </span>
        <IconButton label="Let go of the object" onClick={() => actions.unpinLabel()}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      {pinned.place === "unknown" && (
        <p className="zs-settings-note" role="status">
          Highlighted where it appears; where it lies is not known from what is loaded.
        </p>
      )}
      {properties.length === 0 ? (
        <p className="zs-settings-note">The metadata say nothing of it.</p>
      ) : (
        <dl className="zs-label-property-list">
          {properties.map(({ key, text }) => (
            <div key={key}>
              <dt>
                <bdi>{key}</bdi>
              </dt>
              <dd>
                <bdi>{text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
