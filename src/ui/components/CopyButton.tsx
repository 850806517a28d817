import { Check, Copy } from "lucide-react";
import { IconButton } from "../kit/IconButton.tsx";
import { useCopy } from "./use-copy.ts";

type CopyButtonProps = {
  label: string;
  /** Asked when pressed. */
  text: () => string;
};

/** Copies a text and says so. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const [result, copy] = useCopy(text);

  return (
    <>
      <IconButton label={label} onClick={copy}>
        {result === "copied" ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      </IconButton>
      <span className="zs-visually-hidden" role="status">
        {result === "copied" && "Copied"}
        {result === "refused" && "The browser did not allow copying"}
      </span>
    </>
  );
}
