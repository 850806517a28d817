import { type Theme, themes } from "./preferences.ts";

/** How a link's page looks around the image and under it. What is undefined is as whoever opens the link has it. */
export type LinkedLook = {
  /** `theme=light`, for this page only: it is never kept as the reader's own. */
  readonly theme: Theme | undefined;
  /** `background=white`, under the image. */
  readonly background: "000000" | "FFFFFF" | undefined;
};

export function parseTheme(text: string | undefined): Theme | undefined {
  return themes.find((theme) => theme === text);
}

/** Reads "white" and "black"; undefined for anything else, which may be the index along an axis of that name. */
export function parseBackground(text: string): LinkedLook["background"] {
  return text === "white" ? "FFFFFF" : text === "black" ? "000000" : undefined;
}

/** Parts of the fragment that are read back as the same look. */
export function formatLook({ theme, background }: LinkedLook): readonly string[] {
  return [
    ...(background === undefined
      ? []
      : [`background=${background === "FFFFFF" ? "white" : "black"}`]),
    ...(theme === undefined ? [] : [`theme=${theme}`]),
  ];
}
