import { encodePng, reduceColors } from "./png.mjs";

const width = 352;
const height = 220;
const maxBytes = 40_000;

/** Mean over the box of the source that a pixel of the thumbnail covers; NaN does not count. */
function resample({ plane, sourceWidth, crop, stretch }) {
  const picture = new Float32Array(width * height);
  const step = crop.width / width;
  const stepY = step / stretch;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const y0 = Math.floor(crop.y + y * stepY);
      const x0 = Math.floor(crop.x + x * step);
      const y1 = Math.max(y0 + 1, Math.floor(crop.y + (y + 1) * stepY));
      const x1 = Math.max(x0 + 1, Math.floor(crop.x + (x + 1) * step));
      let sum = 0;
      let count = 0;
      for (let yy = y0; yy < y1; yy++) {
        for (let xx = x0; xx < x1; xx++) {
          const value = plane[yy * sourceWidth + xx];
          if (Number.isNaN(value)) continue;
          sum += value;
          count++;
        }
      }
      picture[y * width + x] = count === 0 ? Number.NaN : sum / count;
    }
  }
  return picture;
}

/** The largest part of 16 : 10 around the centre. */
function cropOf(view, stretch) {
  const aspect = width / height;
  const cropWidth = Math.min(view.x, view.y * stretch * aspect);
  const cropHeight = cropWidth / aspect / stretch;
  return { width: cropWidth, x: (view.x - cropWidth) / 2, y: (view.y - cropHeight) / 2 };
}

/**
 * A small picture as the viewer would draw it: each channel's window maps to 0…1, times its colour, all added up.
 * `channels[i]`: { plane, color, start, end }, planes of `y` × `x`; `stretch`: height of a pixel over its width.
 */
export function thumbnail(view) {
  const stretch = view.stretch ?? 1;
  const crop = cropOf(view, stretch);
  const light = new Float32Array(width * height * 3);
  for (const { plane, color, start, end } of view.channels) {
    const rgb = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
    const picture = resample({ plane, sourceWidth: view.x, crop, stretch });
    for (let i = 0; i < picture.length; i++) {
      const value = Math.max(0, Math.min(1, (picture[i] - start) / (end - start)));
      if (Number.isNaN(value)) continue;
      for (let axis = 0; axis < 3; axis++) light[i * 3 + axis] += value * rgb[axis];
    }
  }
  for (const { x, y, color } of view.marks?.(crop.width / width, crop) ?? []) {
    for (let axis = 0; axis < 3; axis++) light[(y * width + x) * 3 + axis] = color[axis];
  }
  const rgb = Uint8Array.from(light, (value) => Math.min(255, Math.round(value)));
  for (const colors of [200, 128, 96, 64, 48, 32, 24, 16]) {
    const png = encodePng({ width, height, ...reduceColors(rgb, colors) });
    if (png.length <= maxBytes) return png;
  }
  throw new Error("The thumbnail stays too large.");
}
