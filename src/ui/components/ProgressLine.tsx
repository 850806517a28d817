import { useViewer } from "../state/viewer-context.ts";

/** Share of the view's tiles that have arrived, 0…1 in hundredths; undefined when nothing is under way. */
function useProgress(): number | "unknown" | undefined {
  return useViewer(({ source, stage }) => {
    if (source.status === "opening") return "unknown";
    if (source.status !== "open" || stage === undefined || stage.tiles.pending === 0)
      return undefined;
    const total = Object.values(stage.tiles).reduce((sum, count) => sum + count, 0);
    return Math.round((100 * (total - stage.tiles.pending)) / total) / 100;
  });
}

/** Two pixels on top of the image: how much of the view has arrived. */
export function ProgressLine() {
  const progress = useProgress();
  if (progress === undefined) return null;
  if (progress === "unknown") {
    return <div className="zs-progress" role="progressbar" aria-label="Opening" data-unknown />;
  }
  const percent = Math.round(progress * 100);
  return (
    <div
      className="zs-progress"
      role="progressbar"
      aria-label="Tiles loaded"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div
        className="zs-progress-done"
        style={{ transform: `scaleX(${Math.max(0.02, progress)})` }}
      />
    </div>
  );
}
