import { useEffect, useRef } from "react";
import { listedName } from "../state/image-list.ts";
import { useViewer } from "../state/viewer-context.ts";
import type { MountThumbnail } from "./ImageChooser.tsx";

type ImageOptionProps = {
  id: string;
  /** Position in the whole list. */
  series: number;
  isOpen: boolean;
  /** The keyboard is here. */
  isActive: boolean;
  /** Place among those that are listed now, 1-based, of how many. */
  place: number;
  count: number;
  mountThumbnail: MountThumbnail;
  onOpen: () => void;
};

/** One image of several: small picture, name, size; or why it cannot be shown. */
export function ImageOption(props: ImageOptionProps) {
  const { id, series, isOpen, isActive, place, count, mountThumbnail, onOpen } = props;
  const image = useViewer(({ imageList }) => imageList?.images[series]);
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    if (canvas.current !== null) return mountThumbnail(canvas.current, series);
    return undefined;
  }, [mountThumbnail, series]);

  if (image === undefined) return null;
  const name = listedName(image, series);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's, which has the focus
    <div
      id={id}
      className="zs-image-option"
      role="option"
      tabIndex={-1}
      aria-selected={isOpen}
      aria-posinset={place}
      aria-setsize={count}
      data-active={isActive || undefined}
      onClick={onOpen}
      // The list keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      <span className="zs-thumbnail">
        <canvas ref={canvas} width={1} height={1} aria-hidden />
      </span>
      <span className="zs-image-words-of">
        <bdi className="zs-image-name" title={name}>
          {name}
        </bdi>
        {image.failure === undefined ? (
          <span className="zs-image-facts">
            {image.isLabel && "Labels · "}
            {image.facts ?? image.path}
          </span>
        ) : (
          <span className="zs-image-facts" data-failed>
            {image.failure}
          </span>
        )}
      </span>
    </div>
  );
}
