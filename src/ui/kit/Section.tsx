import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

type SectionProps = {
  title: string;
  /** Shown beside the title, e.g. the number of problems. */
  count?: number;
  defaultOpen?: boolean;
  /** Buttons at the right end of the title line. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A part of the panel that folds; the browser's own disclosure, so that find-in-page opens it. */
export function Section({ title, count, defaultOpen = false, actions, children }: SectionProps) {
  return (
    <section className="zs-section">
      <details open={defaultOpen}>
        <summary className="zs-section-title">
          <ChevronRight size={14} aria-hidden className="zs-section-chevron" />
          <h2>{title}</h2>
          {count !== undefined && <span className="zs-count">{count}</span>}
        </summary>
        <div className="zs-section-body">{children}</div>
      </details>
      {actions !== undefined && <div className="zs-section-actions">{actions}</div>}
    </section>
  );
}
