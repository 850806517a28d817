/**
 * Least-recently-used map with a budget in bytes. Entries for which `isPinned` holds are never evicted, so the
 * total may exceed the budget by what is pinned; it returns below as soon as that is let go.
 */
export class ByteLru<V> {
  readonly budgetBytes: number;
  #entries = new Map<string, { value: V; bytes: number }>();
  #bytes = 0;
  readonly #isPinned: (key: string) => boolean;

  constructor(budgetBytes: number, isPinned: (key: string) => boolean = () => false) {
    this.budgetBytes = budgetBytes;
    this.#isPinned = isPinned;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value, marked as used just now. */
  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // A Map iterates in insertion order: inserting again makes the entry the youngest.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** The value, without marking it as used. */
  peek(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  set(key: string, value: V, bytes: number): void {
    this.delete(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    this.trim();
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    return true;
  }

  deletePrefix(prefix: string): void {
    for (const key of [...this.#entries.keys()]) if (key.startsWith(prefix)) this.delete(key);
  }

  /** Deletes what belongs to these arrays, whose ids stand before the first "/" of the keys. */
  deleteArrays(ids: ReadonlySet<number>): void {
    if (ids.size === 0) return;
    for (const key of [...this.#entries.keys()]) {
      if (ids.has(Number(key.slice(0, key.indexOf("/"))))) this.delete(key);
    }
  }

  /** Evicts the oldest unpinned entries until the budget holds. */
  trim(): void {
    if (this.#bytes <= this.budgetBytes) return;
    for (const key of this.#entries.keys()) {
      if (this.#isPinned(key)) continue;
      this.delete(key);
      if (this.#bytes <= this.budgetBytes) return;
    }
  }
}
