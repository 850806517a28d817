/**
 * Adds the membranes of a monolayer: walls where two cells meet (a Voronoi diagram with weights and slightly wavy borders), thin
 * tops and bottoms between. Returns which cell owns each pixel of a plane.
 */
export function drawMembranes(volume, cells, { pixel }, fractal) {
  const owner = new Uint16Array(volume.y * volume.x);
  for (let y = 0; y < volume.y; y++) {
    for (let x = 0; x < volume.x; x++) {
      const wx = x * pixel.x;
      const wy = y * pixel.y;
      const px = wx + 1.1 * fractal(0.11 * wx, 0.11 * wy, 3.1);
      const py = wy + 1.1 * fractal(0.11 * wx, 0.11 * wy, 47.7);
      const { first, second, gap } = nearestTwo(cells, px, py);
      const i = y * volume.x + x;
      owner[i] = first;
      const cell = cells[first];
      const neighbour = cells[second];
      const joined = cell.joined && neighbour.pair === cell.pair;
      const ruffle = 0.85 + 0.55 * fractal(0.22 * wx, 0.22 * wy, 11);
      const wall = joined ? 0.12 * edge(gap, 0.3) : edge(gap, 0.3);
      const floor = cell.z - 0.42 * cell.height;
      // Dome: the top comes down towards the walls.
      const ceiling = floor + cell.height * (0.8 + 0.2 * Math.min(1, gap / 3.5));
      const villi = Math.max(0, 0.4 + 1.1 * fractal(0.9 * wx, 0.9 * wy, 7.3));
      for (let z = 0; z < volume.z; z++) {
        const uz = z * pixel.z;
        const upright =
          (1 / (1 + Math.exp((floor - uz) * 2.2))) * (1 / (1 + Math.exp((uz - ceiling) * 2.2)));
        // Junctions: denser near the top.
        const junction = 1 + 0.9 * Math.exp(-0.5 * ((uz - ceiling + 2) / 1.1) ** 2);
        const top = edge(uz - ceiling, 0.55) * villi;
        const bottom = edge(uz - floor, 0.5) * 0.5;
        volume.light[z * volume.y * volume.x + i] +=
          1050 * wall * upright * junction * ruffle + 210 * top + 120 * bottom + 12 * upright;
      }
    }
  }
  return owner;
}

const edge = (distance, width) => Math.exp(-0.5 * (distance / width) ** 2);

/** The owner of a point, its rival, and the distance to the border between them in µm. */
function nearestTwo(cells, x, y) {
  let first = 0;
  let second = 0;
  let best = Number.POSITIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  for (let k = 0; k < cells.length; k++) {
    const cell = cells[k];
    const power = (x - cell.x) ** 2 + (y - cell.y) ** 2 - cell.weight;
    if (power < best) {
      second = first;
      next = best;
      first = k;
      best = power;
    } else if (power < next) {
      second = k;
      next = power;
    }
  }
  const a = cells[first];
  const b = cells[second];
  const apart = Math.hypot(a.x - b.x, a.y - b.y) || 1;
  return { first, second, gap: (next - best) / (2 * apart) };
}
