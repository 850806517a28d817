import { afterEach, describe, expect, it, vi } from "vitest";
import { referencePicture } from "./testing/reference-picture.ts";
import { rendering, sceneOf } from "./testing/scene-of.ts";
import { allData, difference, type StageHarness, stageHarness } from "./testing/stage-harness.ts";
import { pyramid, syntheticImage } from "./testing/synthetic-image.ts";

let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
  vi.restoreAllMocks();
});

const synthetic = syntheticImage(pyramid({ width: 600, height: 400, levels: 2 }));
const view = { target: [300.3, 200.2], zoom: 0 } as const;

function show(options: Parameters<typeof stageHarness>[1] = {}) {
  const made = stageHarness(allData(synthetic), options);
  made.stage.setScene(sceneOf(synthetic));
  made.stage.setView(view);
  harness = made;
  return made;
}

function expected(width = 300, height = 200) {
  const planes = [{ level: 0, z: 0 }];
  return referencePicture({ synthetic, view, width, height, channels: [rendering()], planes });
}

/** What a browser without WebGL2 answers. */
function withoutWebgl2() {
  const getContext = HTMLCanvasElement.prototype.getContext;
  return vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function (
    this: HTMLCanvasElement,
    ...[kind, settings]: Parameters<typeof getContext>
  ) {
    return kind === "webgl2" ? null : Reflect.apply(getContext, this, [kind, settings]);
  } as typeof getContext);
}

describe("graphics that fail", () => {
  it("G03 without WebGL2 the stage says so, lets nobody wait, and draws once there is one", async () => {
    const refused = withoutWebgl2();
    const failures: Error[] = [];
    let recoveries = 0;
    const { stage, box, settledPicture } = show({
      onFailure: (error) => failures.push(error),
      onRecovered: () => recoveries++,
    });
    expect((await stage.settled()).data).toBe(0);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.message).toMatch(/webgl/i);
    refused.mockRestore();
    stage.restart();
    expect(difference(await settledPicture(), expected()).beyond2).toBe(0);
    expect([failures.length, recoveries]).toEqual([1, 1]);
    expect(box.querySelectorAll("canvas")).toHaveLength(1);
  });

  it("G02 a context that does not come back is told, and drawing again is a new one", async () => {
    const failures: Error[] = [];
    const { stage, settledPicture } = show({ onFailure: (error) => failures.push(error) });
    await settledPicture();
    const lose = stage.canvas.getContext("webgl2")!.getExtension("WEBGL_lose_context")!;
    lose.loseContext();
    const waiting = stage.settled();
    await expect
      .poll(() => failures.map(({ name }) => name), { timeout: 15_000 })
      .toEqual(["ContextLostError"]);
    expect((await waiting).data).toBe(0);
    stage.restart();
    expect(difference(await settledPicture(), expected()).beyond2).toBe(0);
    expect(failures).toHaveLength(1);
  });

  it("G05 the smallest textures that WebGL2 permits draw the same picture", async () => {
    const getParameter = WebGL2RenderingContext.prototype.getParameter;
    const limits: Readonly<Record<number, number>> = {
      [WebGL2RenderingContext.MAX_TEXTURE_SIZE]: 2048,
      [WebGL2RenderingContext.MAX_3D_TEXTURE_SIZE]: 256,
      [WebGL2RenderingContext.MAX_ARRAY_TEXTURE_LAYERS]: 256,
      [WebGL2RenderingContext.MAX_TEXTURE_IMAGE_UNITS]: 16,
    };
    vi.spyOn(WebGL2RenderingContext.prototype, "getParameter").mockImplementation(function (
      this: WebGL2RenderingContext,
      name: number,
    ) {
      return limits[name] ?? Reflect.apply(getParameter, this, [name]);
    });
    const storage = vi.spyOn(WebGL2RenderingContext.prototype, "texStorage3D");
    const { settledPicture } = show();
    expect(difference(await settledPicture(), expected()).beyond2).toBe(0);
    expect(storage).toHaveBeenCalled();
    for (const [, , , width, height, layers] of storage.mock.calls) {
      expect(Math.max(width, height)).toBeLessThanOrEqual(2048);
      expect(layers).toBeLessThanOrEqual(256);
    }
  });

  it("G07 a driver that gives no more memory: what fits is drawn, the rest is hatched and counted, nothing throws", async () => {
    const { getError, texStorage3D, OUT_OF_MEMORY } = WebGL2RenderingContext.prototype;
    let [pages, refused] = [0, 0];
    vi.spyOn(WebGL2RenderingContext.prototype, "texStorage3D").mockImplementation(function (
      this: WebGL2RenderingContext,
      ...args: Parameters<typeof texStorage3D>
    ) {
      // Drivers do not throw: they leave an error to be asked for.
      if (pages++ > 0) refused++;
      Reflect.apply(texStorage3D, this, args);
    });
    vi.spyOn(WebGL2RenderingContext.prototype, "getError").mockImplementation(function (
      this: WebGL2RenderingContext,
    ) {
      if (refused === 0) return Reflect.apply(getError, this, []);
      refused = 0;
      return OUT_OF_MEMORY;
    });
    const large = syntheticImage(pyramid({ width: 3000, height: 2000, levels: 1, chunk: 100 }));
    harness = stageHarness(allData(large), {
      stage: { gpuBudgetBytes: 8 * 8 * 128 * 128 * 2 * 4 },
    });
    harness.stage.setScene(sceneOf(large));
    harness.stage.setView({ target: [1500, 1000], zoom: -3 });
    const { tiles } = await harness.settledPicture();
    expect(tiles.data).toBeGreaterThan(0);
    expect(tiles.error).toBeGreaterThan(0);
    expect(tiles.pending).toBe(0);
    const states = [...harness.stage.tilesInView().values()];
    expect(new Set(states)).toEqual(new Set(["data", "error"]));
  });

  it("G12 forty stages one after the other: each draws, no context of an earlier one is left", async () => {
    const gone: WebGL2RenderingContext[] = [];
    for (let round = 0; round < 40; round++) {
      const made = show();
      await made.stage.settled();
      const context = made.stage.canvas.getContext("webgl2");
      if (context) gone.push(context);
      made.destroy();
    }
    expect(gone).toHaveLength(40);
    expect(gone.every((context) => context.isContextLost())).toBe(true);
    expect(document.querySelectorAll("canvas")).toHaveLength(0);
    // Sixteen at once is what a browser gives: here is one more.
    expect(difference(await show().settledPicture(), expected()).beyond2).toBe(0);
  });
});
