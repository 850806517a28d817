import { Check, Copy, Link } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "../kit/IconButton.tsx";

type CopyButtonProps = {
  label: string;
  icon: "copy" | "link";
  /** Asked when pressed. */
  text: () => string;
};

const shownMs = 1500;

/** Copies a text and says so. */
export function CopyButton({ label, icon, text }: CopyButtonProps) {
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
      <IconButton label={label} onClick={copy}>
        {result === "copied" ? (
          <Check size={16} aria-hidden />
        ) : icon === "link" ? (
          <Link size={16} aria-hidden />
        ) : (
          <Copy size={16} aria-hidden />
        )}
      </IconButton>
      <span className="zs-visually-hidden" role="status">
        {result === "copied" && "Copied"}
        {result === "refused" && "The browser did not allow copying"}
      </span>
    </>
  );
}
