import { Button } from "../kit/Button.tsx";
import { useCopy } from "./use-copy.ts";

/** A button with words that copies a text and says so in its own place. */
export function CopyText({ label, text }: { label: string; text: () => string }) {
  const [result, copy] = useCopy(text);

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
