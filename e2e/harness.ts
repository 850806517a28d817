import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { createStaticServer, listen } from "../scripts/static-server.mjs";
import { Viewer } from "./harness/viewer.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import { coordinatePlates } from "./store/coordinate-plates.ts";
import { startStore, type TestStore } from "./store/test-store.ts";

export { expect } from "@playwright/test";

const dist = process.env.ZARRSCOPE_DIST ?? fileURLToPath(new URL("../dist", import.meta.url));
const fixtures = fileURLToPath(new URL("./fixtures/data", import.meta.url));

export type StrictPolicy = "documents" | "everything";

type TestFixtures = {
  /** The user asked for less data: nothing is fetched ahead. For tests that count requests. */
  savesData: boolean;
  /** The log is empty and every scenario's counters stand at their start when a test begins. */
  store: TestStore;
  viewer: Viewer;
};
type WorkerFixtures = {
  /** Address of the built app, with its trailing slash. */
  appUrl: string;
  /** As `appUrl`, but the content security policy stands on workers too: no eval anywhere. */
  strictAppUrl: string;
  /** One per worker: three origins, all coordinate images by their names, e2e/fixtures/data as "fixtures". */
  workerStore: TestStore;
};

async function serveApp(
  policyOn: StrictPolicy,
  use: (url: string) => Promise<void>,
): Promise<void> {
  if (!existsSync(dist)) throw new Error("There is no dist/: run `npm run build` first.");
  const server = await createStaticServer({ root: dist, policyOn });
  const port = await listen(server, 0);
  await use(`http://127.0.0.1:${port}/`);
  server.closeAllConnections();
  server.close();
}

/** Runs in the page before its scripts. */
function saveData(): void {
  const { connection } = navigator as unknown as { connection: object };
  Object.defineProperty(connection, "saveData", { value: true });
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  appUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
    async ({}, use) => serveApp("documents", use),
    { scope: "worker" },
  ],
  strictAppUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => serveApp("everything", use),
    { scope: "worker" },
  ],
  workerStore: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const store = await startStore({ origins: 3 });
      for (const [name, image] of Object.entries(coordinateImages))
        store.defineVirtual(name, image);
      for (const [name, plate] of Object.entries(coordinatePlates)) store.definePlate(name, plate);
      if (existsSync(fixtures)) store.defineFolder("fixtures", fixtures);
      await use(store);
      await store.close();
    },
    { scope: "worker" },
  ],
  store: async ({ workerStore }, use) => {
    workerStore.clearLog();
    await use(workerStore);
  },
  savesData: [false, { option: true }],
  viewer: async ({ page, appUrl, savesData }, use) => {
    if (savesData) await page.addInitScript(saveData);
    await use(new Viewer(page, appUrl));
  },
});
