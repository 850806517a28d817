import { Toggle as Base } from "@base-ui/react/toggle";
import type { ReactNode } from "react";

type ToggleProps = {
  /** Name of what is on or off; stays the same in both states. */
  label: string;
  pressed: boolean;
  /** `shift`: the Shift key was held. */
  onChange: (pressed: boolean, shift: boolean) => void;
  children: ReactNode;
};

/** A button that stays pressed. */
export function Toggle({ label, pressed, onChange, children }: ToggleProps) {
  return (
    <Base
      className="zs-icon-button"
      aria-label={label}
      title={label}
      pressed={pressed}
      onPressedChange={(next, { event }) =>
        onChange(next, event instanceof MouseEvent && event.shiftKey)
      }
    >
      {children}
    </Base>
  );
}
