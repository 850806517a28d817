import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

type PopoverProps = {
  /** Accessible name of what opens. */
  label: string;
  /** The button that opens it. */
  trigger: ReactElement;
  children: ReactNode;
};

/** Controls that open beside a button; Escape or a press elsewhere closes them and gives the focus back. */
export function Popover({ label, trigger, children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          className="zs-floating"
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={8}
        >
          <Base.Popup className="zs-popover" aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
