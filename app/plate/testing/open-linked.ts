import { emptyLink, type Link } from "../../../src/ui/state/link.ts";
import { ChunkScheduler } from "../../../src/zarr/chunks/chunk-scheduler.ts";
import { createInlineWorker } from "../../../src/zarr/chunks/inline-worker.ts";
import { WorkerPool } from "../../../src/zarr/chunks/worker-pool.ts";
import { AccessVault } from "../../access-vault.ts";
import { findSource, sourceAt } from "../../open-source.ts";
import { findPlate } from "../find-plate.ts";
import { type OpenedPlate, openPlate } from "../open-plate.ts";

/** Opens an address as the viewer does, in Node; `plate` is undefined if there is none in play. */
export async function openLinked(
  url: string,
  link: Link = emptyLink,
): Promise<{
  readonly plate: OpenedPlate | undefined;
  readonly scheduler: ChunkScheduler;
  dispose(): void;
}> {
  const pool = new WorkerPool({
    createWorker: createInlineWorker,
    size: 1,
    decodedBudgetBytes: 2 ** 24,
  });
  const scheduler = new ChunkScheduler({
    pool,
    cacheBudgetBytes: 2 ** 24,
    diagnose: async () => "network",
    askForAbsent: async () => "missing",
    askForKnown: async () => "readable",
  });
  const costs = { requests: 0, bytes: 0 };
  const { signal } = new AbortController();
  const vault = new AccessVault();
  const access = { machinery: { pool, scheduler }, costs, signal, vault, passOverUnknown: false };
  const source = await findSource(url, access);
  const found = await findPlate(url, source, (other, format) => sourceAt(other, access, format));
  const plate = found && (await openPlate(found, link, scheduler));
  return {
    plate,
    scheduler,
    dispose: () => {
      plate?.dispose();
      scheduler.destroy();
    },
  };
}
