/** Things are found again by the square of this side in which their centre lies. */
export const binSide = 256;

/**
 * Where everything lies in the section, in pixels of the finest level: glands (a ring of epithelial cells around a lumen) on a jittered
 * grid inside the outline of the tissue, and the nuclei of their walls and of the stroma between.
 */
export function makeTissuePlan(random, { side, fractal }) {
  const reach = side / 8192;
  /** > 0 inside the tissue; a lobed, ragged outline. */
  const insideAt = (x, y) => {
    const u = (x / side - 0.5) * 2;
    const v = (y / side - 0.5) * 2;
    const r = Math.hypot(u / 1.02, v / 0.84);
    const lobes = 0.34 * fractal(1.15 * u, 1.15 * v, 2.7) + 0.05 * fractal(9 * u, 9 * v, 8.1);
    return (0.74 - r + lobes) * 1.6;
  };
  const glands = [];
  const spacing = 176;
  for (let row = 0; row * spacing * 0.88 < side; row++) {
    for (let column = 0; column * spacing < side; column++) {
      const x = (column + (row % 2) / 2 + 0.3 * (random() - 0.5)) * spacing;
      const y = (row + 0.3 * (random() - 0.5)) * spacing * 0.88;
      const size = 50 + 34 * random();
      const crowd = fractal((3.1 * x) / (8192 * reach), (3.1 * y) / (8192 * reach), 21);
      if (insideAt(x, y) < 0.06 || crowd < -0.24) continue;
      const gland = { x, y, stretch: 1 + 0.45 * random(), angle: Math.PI * random() };
      glands.push({ ...gland, size, lumen: 0.2 + 0.16 * random(), seed: 97 * random() });
    }
  }
  const glandBins = binsOf(glands, side);
  const nuclei = [
    ...glands.flatMap((gland) => wallNuclei(gland, random)),
    ...stromaNuclei(random, { side, insideAt, glandBins }),
  ];
  return { side, insideAt, glands: glandBins, nuclei: binsOf(nuclei, side) };
}

/** A gland's own coordinate: 0 at its centre, 1 at its outer border; uneven. */
export function glandRadius(gland, x, y) {
  const dx = x - gland.x;
  const dy = y - gland.y;
  const cos = Math.cos(gland.angle);
  const sin = Math.sin(gland.angle);
  const a = (dx * cos + dy * sin) / (gland.size * gland.stretch);
  const b = (-dx * sin + dy * cos) / (gland.size / gland.stretch ** 0.5);
  const around = Math.atan2(b, a);
  const wave =
    0.07 * Math.sin(3 * around + gland.seed) + 0.05 * Math.sin(5 * around + 2 * gland.seed);
  return { r: Math.hypot(a, b) / (1 + wave), around };
}

/** Elongated nuclei side by side near the outer border, pointing at the lumen. */
function wallNuclei(gland, random) {
  const count = Math.round((2 * Math.PI * gland.size * gland.stretch ** 0.25) / 11.5);
  const cos = Math.cos(gland.angle);
  const sin = Math.sin(gland.angle);
  return Array.from({ length: count }, (_, i) => {
    const around = (2 * Math.PI * (i + 0.5 * (random() - 0.5))) / count;
    const wave =
      0.07 * Math.sin(3 * around + gland.seed) + 0.05 * Math.sin(5 * around + 2 * gland.seed);
    const r = (0.77 + 0.12 * (random() - 0.5)) * (1 + wave);
    const a = r * Math.cos(around) * gland.size * gland.stretch;
    const b = (r * Math.sin(around) * gland.size) / gland.stretch ** 0.5;
    return {
      x: gland.x + a * cos - b * sin,
      y: gland.y + a * sin + b * cos,
      angle: Math.atan2(b, a) + gland.angle + 0.3 * (random() - 0.5),
      along: 7.4 + 1.6 * random(),
      across: 4.6 + 0.9 * random(),
      light: 72 + 44 * random(),
      focus: 0.75 + 0.7 * random(),
      seed: 200 * random(),
    };
  });
}

/** Thin, dark fibroblasts and small round, bright lymphocytes, which come in crowds. */
function stromaNuclei(random, { side, insideAt, glandBins }) {
  const nuclei = [];
  const step = 22;
  for (let gy = 0; gy < side; gy += step) {
    for (let gx = 0; gx < side; gx += step) {
      const x = gx + step * random();
      const y = gy + step * random();
      if (insideAt(x, y) < 0.01) continue;
      const isRound = random() < 0.42;
      if (near(glandBins, side, x, y).some((gland) => glandRadius(gland, x, y).r < 1.04)) continue;
      if (random() < 0.1) continue;
      nuclei.push({
        x,
        y,
        angle: Math.PI * random(),
        along: isRound ? 4.2 + 0.8 * random() : 8.5 + 3.5 * random(),
        across: isRound ? 4 + 0.6 * random() : 2.3 + 0.8 * random(),
        light: isRound ? 95 + 50 * random() : 44 + 32 * random(),
        focus: 0.75 + 0.9 * random(),
        seed: 200 * random(),
      });
    }
  }
  return nuclei;
}

function binsOf(things, side) {
  const columns = Math.ceil(side / binSide);
  const bins = Array.from({ length: columns * columns }, () => []);
  for (const thing of things) {
    const row = Math.floor(thing.y / binSide);
    const column = Math.floor(thing.x / binSide);
    if (row < 0 || column < 0 || row >= columns || column >= columns) continue;
    bins[row * columns + column].push(thing);
  }
  return bins;
}

/** What may reach a place: the things of its bin and of the eight around. */
function near(bins, side, x, y) {
  const found = [];
  eachBin(side, [x - binSide, y - binSide, x + binSide, y + binSide], (index) => {
    found.push(...bins[index]);
  });
  return found;
}

/** Things whose centre lies within a margin around a box. */
export function thingsAround(bins, side, { x0, y0, side: boxSide }) {
  const found = [];
  const box = [x0 - binSide, y0 - binSide, x0 + boxSide + binSide, y0 + boxSide + binSide];
  eachBin(side, box, (index) => found.push(...bins[index]));
  return found;
}

function eachBin(side, [x0, y0, x1, y1], visit) {
  const columns = Math.ceil(side / binSide);
  const clamp = (value) => Math.max(0, Math.min(columns - 1, Math.floor(value / binSide)));
  for (let row = clamp(y0); row <= clamp(y1); row++) {
    for (let column = clamp(x0); column <= clamp(x1); column++) visit(row * columns + column);
  }
}
