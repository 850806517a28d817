import { X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../kit/IconButton.tsx";
import { useViewer } from "../state/viewer-context.ts";

/** What a link asked for and could not have, until it is put away. */
export function NoticeLine() {
  const notices = useViewer((state) => state.notices);
  const [dismissed, setDismissed] = useState<readonly string[]>();
  const isShown = notices.length > 0 && notices !== dismissed;
  return (
    <div role="status">
      {isShown && (
        <div className="zs-notice">
          <p>{notices.slice(0, 3).join(" ")}</p>
          <IconButton label="Dismiss" onClick={() => setDismissed(notices)}>
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}
