/** Decoded data kept in memory, page and workers together, in bytes. */
export function dataBudgetBytes(deviceMemoryGiB: number | undefined): number {
  const mebibytes = Math.min(768, Math.max(192, (deviceMemoryGiB ?? 4) * 96));
  return mebibytes * 2 ** 20;
}

/** One worker per core, but one at least and not more than a picture can feed. */
export function workerCount(cores: number | undefined): number {
  return Math.min(8, Math.max(1, cores ?? 4));
}
