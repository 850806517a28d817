import { Lock } from "lucide-react";
import { Tooltip } from "../kit/Tooltip.tsx";
import { useViewer } from "../state/viewer-context.ts";

const words = {
  signature: "Read with a signed address. Links do not share it unless you say so.",
  password: "Read with a user name and password, which are kept in memory only.",
  token: "Read with a token, which is kept in memory only.",
} as const;

/** Says that the open source is private, and that its access is not shared. */
export function PrivateNote() {
  const kind = useViewer(({ access }) => access?.kind);
  if (kind === undefined) return null;
  return (
    <Tooltip text={words[kind]}>
      <button type="button" className="zs-private" aria-label={`Private. ${words[kind]}`}>
        <Lock size={12} aria-hidden />
        <span>Private</span>
      </button>
    </Tooltip>
  );
}
