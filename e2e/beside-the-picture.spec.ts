import type { AutomationWindow } from "./harness/automation.ts";
import { untilUnchanged } from "./harness/until-unchanged.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages, whiteChannel } from "./store/coordinate-images.ts";
import type { VirtualImage } from "./store/virtual-image.ts";

/** 60 planes of sixteen chunks, none like the other. */
const stack: VirtualImage = {
  ...coordinateImages["v2-slash"],
  axes: "zyx",
  shape: [60, 256, 256],
  chunks: [1, 64, 64],
  levels: [{ factors: [1, 1, 1] }],
  scale: [1, 1, 1],
  omero: whiteChannel,
};

const steps = 12;

test("what stands beside the picture changes seldom while planes are stepped through, and is true once they rest", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("stepped", stack);
  store.setScenario("far", { latencyMs: 100 });
  await viewer.open(store.url("stepped", { scenario: "far" }));
  const bars = page.locator(".zs-histogram-bars").first();
  const mark = page.locator(".zs-slider-mark").first();
  await expect(bars).toHaveAttribute("d", /./);
  await expect(mark).toBeVisible();
  const { selection } = await viewer.openState();
  const before = {
    // What was told while the picture was on its way is mended when it rests.
    bars: await untilUnchanged(() => bars.getAttribute("d"), 1500),
    mark: await mark.getAttribute("style"),
  };

  const { moments, tookMs } = await page.evaluate(async (count) => {
    const { zarrscope } = globalThis as AutomationWindow;
    const moments: number[] = [];
    new MutationObserver((records) => {
      const isBeside = records.some(({ target }) => {
        const element = target instanceof Element ? target : target.parentElement;
        return element?.matches(".zs-histogram-bars, .zs-slider-mark, .zs-status-bytes");
      });
      if (isBeside) moments.push(performance.now());
    }).observe(document.body, {
      subtree: true,
      attributes: true,
      attributeFilter: ["d", "style"],
      characterData: true,
    });
    const startMs = performance.now();
    for (let z = 1; z <= count; z++) {
      await zarrscope.setState({ selection: { z } });
      await zarrscope.settled();
    }
    return { moments, tookMs: performance.now() - startMs };
  }, steps);
  // Once a second; React may need two turns for it.
  expect(moments.length).toBeLessThanOrEqual(2 * (1 + tookMs / 1000));

  await expect(mark).not.toHaveAttribute("style", before.mark ?? "");
  await expect(bars).not.toHaveAttribute("d", before.bars ?? "");
  await viewer.setState({ selection });
  await expect(bars).toHaveAttribute("d", before.bars ?? "");
});
