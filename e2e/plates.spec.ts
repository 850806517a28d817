import { expect, test } from "./harness.ts";
import { coordinatePlates } from "./store/coordinate-plates.ts";

test("debug plate", async ({ page, store, viewer }) => {
  store.setScenario("near", { latencyMs: 30 });
  await page.setViewportSize({ width: 1280, height: 800 });
  const tiles = await viewer.open(store.url("plate-96-v2", { scenario: "near" }));
  console.log(JSON.stringify(tiles), store.log().length, store.maxInFlight());
  await page.screenshot({ path: "/tmp/plate.png" });
  await page.waitForTimeout(4000);
  console.log(store.log().length, store.maxInFlight(), JSON.stringify(await viewer.settled()));
  console.log(JSON.stringify(await viewer.valueAt(0, 0)), viewer.errors);
  await page.screenshot({ path: "/tmp/plate2.png" });
  void coordinatePlates;
  void expect;
});
