/** Lines of a plate that stand in the page at once: a plate of 1536 wells is there as a whole, what is larger is not. */
export const mapRows = 32;
export const mapColumns = 48;

/** Which of `count` lines stand in the page: `most` of them around the one that is walked on, all if there are no more. */
export function mapWindow(active: number, count: number, most: number): readonly number[] {
  const length = Math.min(count, most);
  const first = Math.max(0, Math.min(count - length, active - Math.floor(most / 2)));
  return Array.from({ length }, (_, k) => first + k);
}
