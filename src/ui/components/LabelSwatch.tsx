import type { Rgba } from "../../zarr/ome/image-label.ts";

/** The colour of an object; a hidden one is an empty square. */
export function LabelSwatch({ color: [red, green, blue, alpha] }: { color: Rgba }) {
  const background =
    alpha === 0 ? "none" : `rgb(${red} ${green} ${blue} / ${Math.round((alpha / 255) * 100)}%)`;
  return <span className="zs-label-swatch" aria-hidden style={{ background }} />;
}
