/** Of pixels with red, green, blue and alpha: the first, the first three, the first and alpha, or all. */
export function samplesOfRgba<Samples extends Uint8Array | Uint8ClampedArray | Uint16Array>(
  rgba: Samples,
  components: number,
): Uint8Array<ArrayBuffer> {
  const pixels = rgba.length / 4;
  const target =
    rgba.BYTES_PER_ELEMENT === 2
      ? new Uint16Array(pixels * components)
      : new Uint8Array(pixels * components);
  const channels = [[0], [0, 3], [0, 1, 2], [0, 1, 2, 3]][components - 1] ?? [];
  for (const [component, channel] of channels.entries()) {
    for (let i = 0, t = component, s = channel; i < pixels; i++, t += components, s += 4)
      target[t] = rgba[s]!;
  }
  return new Uint8Array(target.buffer);
}
