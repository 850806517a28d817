import { lazy, Suspense } from "react";
import { Section } from "../kit/Section.tsx";
import { useViewer } from "../state/viewer-context.ts";

/** The words for every rule are many: they come after the picture. */
const ProblemItems = lazy(async () => ({
  default: (await import("./ProblemItems.tsx")).ProblemItems,
}));

/** The broken rules of the metadata. Absent if there is none. */
export function ProblemList() {
  const problems = useViewer((state) => state.problems);
  if (problems.length === 0) return null;
  return (
    <Section title="Problems" count={problems.length}>
      <Suspense>
        <ProblemItems problems={problems} />
      </Suspense>
    </Section>
  );
}
