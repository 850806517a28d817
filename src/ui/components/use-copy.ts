import { useEffect, useState } from "react";

const shownMs = 1500;

/** What became of the last attempt to copy; forgotten after a moment. */
export type CopyResult = "copied" | "refused" | undefined;

/** Copies `text()`, asked when called, and says for a moment how that went. */
export function useCopy(text: () => string): readonly [CopyResult, () => Promise<void>] {
  const [result, setResult] = useState<CopyResult>();

  useEffect(() => {
    if (result === undefined) return undefined;
    const timer = setTimeout(() => setResult(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [result]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      setResult("copied");
    } catch {
      setResult("refused");
    }
  }

  return [result, copy];
}
