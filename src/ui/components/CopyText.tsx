import { useEffect, useState } from "react";
import { Button } from "../kit/Button.tsx";

const shownMs = 1500;

/** A button with words that copies a text and says so in its own place. */
export function CopyText({ label, text }: { label: string; text: () => string }) {
  const [result, setResult] = useState<"copied" | "refused">();

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

  return (
    <>
      <Button onClick={copy}>{result === "copied" ? "Copied" : label}</Button>
      <span className="zs-visually-hidden" role="status">
        {result === "copied" && `Copied ${label}`}
        {result === "refused" && "The browser did not allow copying"}
      </span>
    </>
  );
}
