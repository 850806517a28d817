import type { MouseEventHandler, ReactNode } from "react";
import { Tooltip } from "./Tooltip.tsx";

type IconButtonProps = {
  /** Accessible name and tooltip. */
  label: string;
  /** Shown in the tooltip after the label, e.g. "0". */
  shortcut?: string;
  disabled?: boolean;
  /** Where the tooltip goes. */
  side?: "bottom" | "left";
  /** For buttons that show or hide something. */
  expanded?: boolean;
  onClick: MouseEventHandler<HTMLButtonElement>;
  children: ReactNode;
};

/** A button that shows an icon only. */
export function IconButton({
  label,
  shortcut,
  disabled,
  side,
  expanded,
  onClick,
  children,
}: IconButtonProps) {
  return (
    <Tooltip side={side} text={shortcut === undefined ? label : `${label} (${shortcut})`}>
      <button
        type="button"
        className="zs-icon-button"
        aria-label={label}
        aria-expanded={expanded}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </button>
    </Tooltip>
  );
}
