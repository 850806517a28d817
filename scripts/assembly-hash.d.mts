export function assemblyHash(): string;
