import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { CopyButton } from "./CopyButton.tsx";

/** More than this is copied, but not put into the page. */
const shownCharacters = 100_000;

function jsonText(value: unknown): string {
  const plain = (_key: string, part: unknown) =>
    typeof part === "bigint" || (typeof part === "number" && !Number.isFinite(part))
      ? String(part)
      : part;
  return JSON.stringify(value, plain, 2) ?? "";
}

function JsonText({ value, title }: { value: unknown; title: string }) {
  const text = useMemo(() => jsonText(value), [value]);
  const rest = text.length - shownCharacters;
  return (
    <div className="zs-json-body">
      <CopyButton label={`Copy ${title}`} text={() => text} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section className="zs-json-text" aria-label={title} tabIndex={0}>
        <pre>
          <bdi>{text.slice(0, shownCharacters)}</bdi>
        </pre>
      </section>
      {rest > 0 && <p>And {rest} more characters; the copy has them all.</p>}
    </div>
  );
}

/** JSON as inert text, made only when it is unfolded. */
export function JsonView({ title, value }: { title: string; value: unknown }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="zs-json" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight size={14} aria-hidden className="zs-section-chevron" />
        {title}
      </summary>
      {open && <JsonText value={value} title={title} />}
    </details>
  );
}
