import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { Problem } from "../../zarr/problem.ts";
import { problemRules } from "../../zarr/problem-rules.ts";
import { expectationInWords, severityWords } from "../format/problem-words.ts";

const listedProblems = 100;

function SeverityIcon({ severity }: { severity: Problem["severity"] }) {
  switch (severity) {
    case "error":
      return <CircleAlert size={14} aria-hidden />;
    case "warning":
      return <TriangleAlert size={14} aria-hidden />;
    case "info":
      return <Info size={14} aria-hidden />;
  }
}

/** Each broken rule of the metadata: in words, where, what was expected, what was there. */
export function ProblemItems({ problems }: { problems: readonly Problem[] }) {
  const rest = problems.length - listedProblems;
  return (
    <>
      <ul className="zs-problems">
        {problems.slice(0, listedProblems).map(({ code, severity, path, expected, received }) => (
          <li key={`${code} ${path} ${received}`} data-severity={severity}>
            <p className="zs-problem-head">
              <SeverityIcon severity={severity} />
              {severityWords[severity]} <code>{code}</code>
            </p>
            <p>{problemRules[code]}</p>
            <p className="zs-problem-path">
              <bdi>{path}</bdi>
            </p>
            <p>
              {expectationInWords(expected)} <bdi>{received}</bdi>
            </p>
          </li>
        ))}
      </ul>
      {rest > 0 && <p>And {rest} more.</p>}
    </>
  );
}
