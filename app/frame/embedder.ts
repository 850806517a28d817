/** The page around this one. */
export type Embedder = {
  /** Some page around this one comes from another origin, or from one that cannot be known. */
  readonly isForeign: boolean;
  /** Origins of the pages around, nearest first, as far as the browser tells. */
  readonly origins: readonly string[];
};

/** Who embeds this window; undefined if it stands for itself. */
export function embedderOf(frame: Window): Embedder | undefined {
  if (frame.parent === frame) return undefined;
  // Firefox has no such list.
  const { ancestorOrigins } = frame.location;
  if (ancestorOrigins !== undefined) {
    const origins = [...ancestorOrigins];
    // In a sandbox the own origin is opaque, and nobody is of the same.
    return { isForeign: origins.some((origin) => origin !== frame.origin), origins };
  }
  try {
    const parent = frame.parent.location.origin;
    const top = frame.top?.location.origin;
    return { isForeign: parent !== frame.origin || top !== frame.origin, origins: [parent] };
  } catch {
    return { isForeign: true, origins: [] };
  }
}
