import { useEffect, useRef, useState } from "react";

const intervalMs = 1000;

/** Tells screen readers the newest text, at most once a second; the first text is not announced. */
export function LiveRegion({ text }: { text: string }) {
  const [announced, setAnnounced] = useState("");
  const first = useRef(text);
  const lastMs = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    if (text === first.current) return undefined;
    first.current = "";
    const waitMs = Math.max(0, lastMs.current + intervalMs - performance.now());
    const timer = setTimeout(() => {
      lastMs.current = performance.now();
      setAnnounced(text);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className="zs-visually-hidden" role="status">
      {announced}
    </div>
  );
}
