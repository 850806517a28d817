import { glandRadius, thingsAround } from "./tissue-plan.mjs";

/** Side of one camera field in pixels; fields are shaded towards their corners and differ a little in brightness. */
const fieldSide = 1024;
/** Slowly varying things are computed on a grid this coarse and interpolated. */
const gridStep = 8;

/** One tile of the section: two planes of 8 bits, nuclei and epithelium. */
export function renderTile(plan, box, { grain, fractal, normal, random }) {
  const { side } = box;
  const nuclei = new Float32Array(side * side);
  const epithelium = new Float32Array(side * side);
  const tissue = tissueGrid(plan, box, fractal);
  for (const gland of thingsAround(plan.glands, plan.side, box)) {
    drawGland(epithelium, gland, box, grain);
  }
  for (const nucleus of thingsAround(plan.nuclei, plan.side, box)) {
    drawNucleus(nuclei, epithelium, nucleus, box, grain);
  }
  return [
    develop(nuclei, box, { tissue, haze: 11, normal, random, field: 0 }),
    develop(epithelium, box, { tissue, haze: 20, normal, random, field: 1 }),
  ];
}

/** How much tissue there is, 0…1 with fibres, at every eighth pixel. */
function tissueGrid(plan, { x0, y0, side }, fractal) {
  const size = side / gridStep + 1;
  const grid = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = x0 + column * gridStep;
      const y = y0 + row * gridStep;
      const inside = Math.max(0, Math.min(1, plan.insideAt(x, y) * 24));
      if (inside === 0) continue;
      const bend = 40 * fractal(x * 0.004, y * 0.004, 5);
      const fibres = fractal((x + bend) * 0.03, (y - bend) * 0.008, 1.3);
      grid[row * size + column] = inside * Math.max(0.15, 0.72 + 0.8 * fibres);
    }
  }
  return { grid, size };
}

/** The wall of a gland: cytoplasm, brighter at the lumen and at the borders between its cells. */
function drawGland(plane, gland, { x0, y0, side }, grain) {
  const reach = 1.2 * gland.size * gland.stretch;
  const fromX = Math.max(0, Math.floor(gland.x - reach - x0));
  const toX = Math.min(side - 1, Math.ceil(gland.x + reach - x0));
  const fromY = Math.max(0, Math.floor(gland.y - reach - y0));
  const toY = Math.min(side - 1, Math.ceil(gland.y + reach - y0));
  const cells = Math.round((2 * Math.PI * gland.size) / 12);
  for (let y = fromY; y <= toY; y++) {
    for (let x = fromX; x <= toX; x++) {
      const { r, around } = glandRadius(gland, x + x0, y + y0);
      if (r > 1.08 || r < gland.lumen * 0.5) continue;
      const outer = 1 / (1 + Math.exp((r - 1) * 55));
      const inner = 1 / (1 + Math.exp((gland.lumen - r) * 45));
      const wobble = 0.8 * Math.sin(9 * r + gland.seed);
      const border = Math.abs(Math.sin((around * cells) / 2 + wobble)) ** 10;
      const brush = Math.exp(-0.5 * ((r - gland.lumen - 0.05) / 0.05) ** 2);
      const texture = grain((x + x0) * 0.16, (y + y0) * 0.16);
      const light = 58 + 44 * texture + 13 * (1 - border) ** 14 + 56 * brush;
      plane[y * side + x] += outer * inner * light;
    }
  }
}

function drawNucleus(plane, epithelium, nucleus, { x0, y0, side }, grain) {
  const { along, across, focus } = nucleus;
  const reach = 1.35 * along + 2;
  const fromX = Math.max(0, Math.floor(nucleus.x - reach - x0));
  const toX = Math.min(side - 1, Math.ceil(nucleus.x + reach - x0));
  const fromY = Math.max(0, Math.floor(nucleus.y - reach - y0));
  const toY = Math.min(side - 1, Math.ceil(nucleus.y + reach - y0));
  const cos = Math.cos(nucleus.angle);
  const sin = Math.sin(nucleus.angle);
  for (let y = fromY; y <= toY; y++) {
    for (let x = fromX; x <= toX; x++) {
      const dx = x + x0 - nucleus.x;
      const dy = y + y0 - nucleus.y;
      const a = (dx * cos + dy * sin) / along;
      const b = (-dx * sin + dy * cos) / across;
      const r = Math.hypot(a, b);
      if (r > 1.6) continue;
      const edge = 1 / (1 + Math.exp(((r - 1) * across) / (0.55 * focus)));
      const texture = grain(0.2 * dx + nucleus.seed, 0.2 * dy + 3 * nucleus.seed);
      const i = y * side + x;
      const rim = 0.16 * Math.exp(-0.5 * ((r - 0.82) / 0.13) ** 2);
      const light = nucleus.light * edge * (0.82 + 0.6 * texture + rim);
      // Nuclei that overlap in the thickness of the section do not simply add up.
      plane[i] = Math.max(plane[i], light) + 0.35 * Math.min(plane[i], light);
      epithelium[i] *= 1 - 0.72 * edge;
    }
  }
}

/** Adds what is out of focus, the shading of each field and the camera's noise. Glass is 0. */
function develop(plane, { x0, y0, side }, { tissue, haze, normal, random, field }) {
  const image = new Uint8Array(side * side);
  const { grid, size } = tissue;
  for (let y = 0; y < side; y++) {
    const gy = y / gridStep;
    const row = Math.floor(gy);
    const v = gy - row;
    const fieldRow = Math.floor((y + y0) / fieldSide);
    const cy = (((y + y0) % fieldSide) / fieldSide - 0.5) * 2;
    let at = Math.floor(random() * normal.length);
    for (let x = 0; x < side; x++) {
      if (++at === normal.length) at = 0;
      const column = x >> 3;
      const u = x / gridStep - column;
      const corner = row * size + column;
      const above = grid[corner] * (1 - u) + grid[corner + 1] * u;
      const below = grid[corner + size] * (1 - u) + grid[corner + size + 1] * u;
      const there = above * (1 - v) + below * v;
      const i = y * side + x;
      if (there === 0 && plane[i] < 0.5) continue;
      const fieldColumn = Math.floor((x + x0) / fieldSide);
      const cx = (((x + x0) % fieldSide) / fieldSide - 0.5) * 2;
      const gain = 1 + 0.035 * Math.sin(7.1 * fieldColumn + 12.9 * fieldRow + 3 * field);
      const light = 0.36 * (plane[i] + haze * there) * gain * (1.02 - 0.055 * (cx * cx + cy * cy));
      image[i] = Math.min(255, Math.max(0, light + normal[at] * Math.sqrt(0.003 + 0.003 * light)));
    }
  }
  return image;
}
