import type { MouseEventHandler, ReactNode } from "react";

type ButtonProps = {
  onClick?: MouseEventHandler<HTMLButtonElement>;
  /** "submit" inside a form. */
  type?: "button" | "submit";
  /** "primary": the one thing to do here; "quiet": no frame. */
  variant?: "normal" | "primary" | "quiet";
  disabled?: boolean;
  children: ReactNode;
};

/** A button with words on it. */
export function Button({
  onClick,
  type = "button",
  variant = "normal",
  disabled,
  children,
}: ButtonProps) {
  return (
    <button
      type={type}
      className="zs-button"
      data-variant={variant}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
