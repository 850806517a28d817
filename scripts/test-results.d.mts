export type Counts = { passed: number; failed: number };
export function countResults(path: string, exitCode: number): Counts;
export function formatTotal(counts: Counts): string;
