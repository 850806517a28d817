/** How many times the screen's size a picture may be. */
export const exportScales = [1, 2, 3, 4] as const;
export type ExportScale = (typeof exportScales)[number];

/** What browsers still give a canvas for: pixels along a side, and in all. */
const maxSidePx = 16_384;
const maxAreaPx = 2 ** 27;

/** The scales at which a picture of a screen this large, in device pixels, has room on a canvas. */
export function possibleScales(width: number, height: number): readonly ExportScale[] {
  return exportScales.filter(
    (scale) =>
      Math.max(width, height) * scale <= maxSidePx && width * height * scale ** 2 <= maxAreaPx,
  );
}
