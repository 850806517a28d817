import { useEffect } from "react";
import { openImageName } from "../state/image-list.ts";
import { useViewer } from "../state/viewer-context.ts";

/** Calls the page after the image on screen and the viewer, whose name is a matter of the installation. */
export function usePageTitle(viewerName: string): void {
  const image = useViewer(openImageName);
  useEffect(() => {
    document.title = image ? `${image} · ${viewerName}` : viewerName;
  }, [image, viewerName]);
}
