import { Popover as Base } from "@base-ui/react/popover";
import { type ReactElement, type ReactNode, useRef } from "react";

type PopoverProps = {
  /** Accessible name of what opens. */
  label: string;
  /** The button that opens it. */
  trigger: ReactElement;
  /** Selector of an element around the trigger that should stay uncovered. */
  beside?: string;
  /** Where it opens; "right" unless told otherwise. */
  side?: "right" | "top" | "bottom";
  onOpen?: () => void;
  children: ReactNode;
};

/** At the height of the trigger, as wide as what must stay uncovered. */
function anchorRect(trigger: Element, beside: string | undefined): DOMRect {
  const rect = trigger.getBoundingClientRect();
  const around = beside === undefined ? null : trigger.closest(beside);
  const right = around?.getBoundingClientRect().right ?? rect.right;
  return new DOMRect(rect.x, rect.y, right - rect.x, rect.height);
}

/** Controls that open beside a button; Escape or a press elsewhere closes them and gives the focus back. */
export function Popover({
  label,
  trigger,
  beside,
  side = "right",
  onOpen,
  children,
}: PopoverProps) {
  const button = useRef<HTMLButtonElement>(null);
  const anchor = {
    getBoundingClientRect: () =>
      button.current === null ? new DOMRect() : anchorRect(button.current, beside),
  };
  return (
    <Base.Root
      onOpenChange={(isOpen) => {
        if (isOpen) onOpen?.();
      }}
    >
      <Base.Trigger ref={button} render={trigger} />
      <Base.Portal>
        <Base.Positioner
          className="zs-floating"
          anchor={anchor}
          side={side}
          align={side === "right" ? "start" : "end"}
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
