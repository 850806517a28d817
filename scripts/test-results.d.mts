export type Counts = { passed: number; failed: number };
export function countResults(path: string, exitCode: number): Counts;
export function failedTests(path: string): string[];
export function formatTotal(counts: Counts): string;
