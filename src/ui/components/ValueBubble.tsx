import { formatValue } from "../format/format-number.ts";
import { useViewer } from "../state/viewer-context.ts";
import { LabelValue } from "./LabelValue.tsx";

/** What lies under a finger that rests: a mouse reads it in the status bar. `at` in CSS pixels from the image's corner. */
export function ValueBubble({ at }: { at: readonly [number, number] }) {
  const cursor = useViewer((state) => state.cursor);
  const channels = useViewer((state) => state.channels);
  const values = cursor?.readout?.values ?? [];
  return (
    <div
      className="zs-value-bubble"
      role="status"
      style={{ left: `clamp(80px, ${at[0]}px, calc(100% - 80px))`, top: Math.max(72, at[1] - 24) }}
    >
      {cursor === undefined ? (
        "Outside the image"
      ) : (
        <>
          <span className="zs-value-bubble-place">
            x {cursor.indexPx[0]} y {cursor.indexPx[1]} px
          </span>
          {values.length === 0 && <span>Not loaded yet</span>}
          {values.map(({ channel, value }) => (
            <span key={channel}>
              <bdi>{channels.find(({ index }) => index === channel)?.label}</bdi>{" "}
              <b>{value === null ? "—" : formatValue(value)}</b>
            </span>
          ))}
          {cursor.labels.map(({ layer, value }) => (
            <LabelValue key={layer} name={layer} value={value} />
          ))}
        </>
      )}
    </div>
  );
}
