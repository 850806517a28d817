import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { failureReport } from "../format/failure-report.ts";
import type { SourceFailure } from "../state/viewer-state.ts";
import { CopyText } from "./CopyText.tsx";

type FailureCardProps = {
  failure: SourceFailure;
  /** Of the source, for the report. */
  url: string;
  /** What can be done here: buttons. */
  children: ReactNode;
  /** One more sentence of what happened. */
  note?: string | undefined;
  /** What can be filled in, above the buttons. */
  form?: ReactNode;
};

/** A failure in the middle of the page: what happened, what to do, what was tried, and its report to copy. */
export function FailureCard({ failure, url, children, note, form }: FailureCardProps) {
  const { code, title, detail, action, fix } = failure;
  return (
    <div className="zs-cover">
      <section className="zs-failure" role="alert">
        <CircleX size={24} aria-hidden className="zs-failure-icon" />
        <h1>{title}</h1>
        {note !== undefined && <p className="zs-failure-action">{note}</p>}
        <p className="zs-failure-action">{action}</p>
        <p className="zs-failure-detail">
          <bdi>{detail}</bdi>
        </p>
        {fix && <pre className="zs-failure-fix">{fix.text}</pre>}
        {form}
        <div className="zs-failure-buttons">
          {children}
          {fix && <CopyText label={fix.label} text={() => fix.text} />}
          <CopyText label="Copy report" text={() => failureReport(failure, url)} />
          <code className="zs-failure-code">{code}</code>
        </div>
      </section>
    </div>
  );
}
