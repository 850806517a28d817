/** A lookup table: 256 colours as RGBA bytes. Compared by identity, so keep one per name. */
export type LutTable = {
  readonly name: string;
  readonly rgba: Uint8Array<ArrayBuffer>;
};

export const lutSize = 256;

/** A colour (red, green, blue in 0 … 1) at a place 0 … 1. */
export type ColorStop = {
  readonly at: number;
  readonly color: readonly [number, number, number];
};

/** What a stretch between two stops looks like in GLSL: `mix(a, b, smoothstep(from, to, x))`. */
function between(from: ColorStop, to: ColorStop, x: number): readonly number[] {
  const t = Math.min(Math.max((x - from.at) / (to.at - from.at), 0), 1);
  const share = t * t * (3 - 2 * t);
  return from.color.map((part, i) => part + (to.color[i]! - part) * share);
}

/** The table of colours at 0, 1/255 … 1. `stops` begin at 0, end at 1 and ascend. */
export function lutTable(name: string, stops: readonly ColorStop[]): LutTable {
  const rgba = new Uint8Array(lutSize * 4);
  let segment = 0;
  for (let i = 0; i < lutSize; i++) {
    const x = i / (lutSize - 1);
    while (segment < stops.length - 2 && x > stops[segment + 1]!.at) segment++;
    const color = between(stops[segment]!, stops[segment + 1]!, x);
    for (let part = 0; part < 3; part++) rgba[i * 4 + part] = Math.round(color[part]! * 255);
    rgba[i * 4 + 3] = 255;
  }
  return { name, rgba };
}

/** The colour at a brightness 0 … 1, linear between two entries, as the tile shader has it; parts 0 … 255. */
export function lutColor({ rgba }: LutTable, ramp: number): [number, number, number] {
  const at = Math.min(Math.max(ramp, 0), 1) * (lutSize - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, lutSize - 1);
  const part = (i: number) =>
    rgba[low * 4 + i]! + (rgba[high * 4 + i]! - rgba[low * 4 + i]!) * (at - low);
  return [part(0), part(1), part(2)];
}
