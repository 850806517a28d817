import { Play } from "lucide-react";
import { Button } from "../../src/ui/kit/Button.tsx";

/** Stands for the image until somebody wants it: nothing was asked for yet. */
export function FramePoster({ onShow }: { onShow: () => void }) {
  return (
    <div className="zs-cover zs-frame-poster">
      <h1 className="zs-visually-hidden">Image, not loaded yet</h1>
      <Button variant="primary" onClick={onShow}>
        <Play size={14} aria-hidden /> Show the image
      </Button>
    </div>
  );
}
