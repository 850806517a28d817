export const chromiumArgs: string[];
export function benchArgs(graphics?: string): string[];
