import type { TexelKind, TextureFormat } from "./texture-format.ts";
import { tileFragmentShader } from "./tile-shader.ts";

/** How the tiles of one call are drawn. */
export type TileDrawing = {
  /** Of all pages that are drawn from. */
  readonly format: TextureFormat;
  /** Channels at once, 1 … 4. */
  readonly channels: number;
  /** Both axes are magnified. */
  readonly isNearest: boolean;
  readonly hasGamma?: boolean;
  readonly hasLut?: boolean;
};

/** A variant of the tile shader, as `QuadDrawer.use` wants it. */
export type TileProgram = {
  readonly name: string;
  readonly source: string;
  readonly defines: readonly string[];
};

/** By name: a frame asks for the same ones again, call by call. */
const sources = new Map<string, string>();

function sourceOf(name: string, kind: TexelKind, channels: number): string {
  let source = sources.get(name);
  if (source === undefined) {
    source = tileFragmentShader(kind, channels);
    sources.set(name, source);
  }
  return source;
}

/** The variant of the tile shader that draws this. */
export function tileProgram(drawing: TileDrawing): TileProgram {
  const { format, channels, isNearest, hasGamma = false, hasLut = false } = drawing;
  const isWide = format.kind !== "float" && format.texelBytes > 2;
  const name = `${format.kind} × ${channels}`;
  return {
    name,
    source: sourceOf(name, format.kind, channels),
    defines: [
      ...(hasLut ? ["LUT"] : []),
      ...(isNearest ? ["NEAREST"] : []),
      ...(isWide ? ["WIDE"] : []),
      ...(hasGamma ? ["GAMMA"] : []),
    ],
  };
}
