import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

type DialogProps = {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Only for screen readers: what is in it says the same. */
  isTitleHidden?: boolean;
  children: ReactNode;
};

/** Something that is looked up and put away: over the page, until Escape, a press beside it or its button. The focus goes back. */
export function Dialog({ title, open, onClose, isTitleHidden = false, children }: DialogProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="zs-backdrop" />
        <Base.Popup className="zs-dialog">
          <div className={isTitleHidden ? "zs-visually-hidden" : "zs-dialog-head"}>
            <Base.Title>{title}</Base.Title>
            {!isTitleHidden && (
              <Base.Close className="zs-icon-button" aria-label="Close">
                <X size={16} aria-hidden />
              </Base.Close>
            )}
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
