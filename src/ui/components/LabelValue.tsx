import { parseLabelId, propertySummary } from "../format/label-words.ts";
import { useViewer } from "../state/viewer-context.ts";

const listedProperties = 2;

type LabelValueProps = {
  /** Name of the label image. */
  name: string;
  /** undefined: nothing is known there. */
  value: number | string | undefined;
};

/** "nuclei 4711 · class mitotic": what a label image has under the cursor. */
export function LabelValue({ name, value }: LabelValueProps) {
  const report = useViewer(({ labelReports }) => labelReports.get(name));
  const id = value === undefined ? undefined : parseLabelId(value);
  const properties =
    report?.status === "open" && id !== undefined ? report.label.properties.get(id) : undefined;
  const summary = propertySummary(properties, listedProperties);
  return (
    <span className="zs-status-value">
      <bdi>{name}</bdi> {value ?? "—"}
      {summary !== "" && (
        <>
          {" · "}
          <bdi>{summary}</bdi>
        </>
      )}
    </span>
  );
}
