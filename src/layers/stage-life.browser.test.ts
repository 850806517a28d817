import { afterEach, describe, expect, it, vi } from "vitest";
import { TileRenderer } from "./gpu/tile-renderer.ts";
import { referencePicture } from "./testing/reference-picture.ts";
import { rendering, sceneOf } from "./testing/scene-of.ts";
import { allData, difference, type StageHarness, stageHarness } from "./testing/stage-harness.ts";
import { pyramid, syntheticImage } from "./testing/synthetic-image.ts";
import { imageFraming, zoomLimits } from "./tiles/view-framing.ts";

let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
});

const noTiles = {
  data: 0,
  fill: 0,
  pending: 0,
  denied: 0,
  error: 0,
  corrupt: 0,
  unverifiable: 0,
};

/** A stage at rest on an image of three levels. */
async function atRest() {
  const synthetic = syntheticImage(pyramid({ width: 600, height: 400, levels: 3, planes: 2 }));
  harness = stageHarness(allData(synthetic));
  harness.stage.setScene(sceneOf(synthetic));
  harness.stage.setView({ target: [300, 200], zoom: 0 });
  await harness.settledPicture();
  return { harness, synthetic };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Shaders are made ready once a picture is there, each by drawing with it, without a picture. To be called before that; resolves when all are. */
function watchShaders(): () => Promise<void> {
  const warmUp = vi.spyOn(TileRenderer.prototype, "warmUp");
  return async () => {
    const renderer = () => warmUp.mock.contexts.at(-1) as TileRenderer | undefined;
    await expect.poll(() => renderer()?.isCold).toBe(false);
    warmUp.mockRestore();
  };
}

function pointer(canvas: HTMLCanvasElement, type: string, x: number, y: number, buttons = 0) {
  canvas.dispatchEvent(
    new PointerEvent(type, {
      bubbles: true,
      cancelable: true,
      clientX: x,
      clientY: y,
      button: type === "pointermove" ? -1 : 0,
      buttons,
      pointerId: 1,
      pointerType: "mouse",
      isPrimary: true,
    }),
  );
}

describe("a stage", () => {
  it("is settled without a scene", async () => {
    harness = stageHarness(() => ({ kind: "pending" }));
    expect(await harness.stage.settled()).toEqual(noTiles);
    expect(harness.stage.valueAt(0, 0)).toBeUndefined();
    expect(harness.stage.tileAt(0, 0)).toEqual([]);
  });

  it("forgets everything with its scene", async () => {
    const { harness, synthetic } = await atRest();
    harness.stage.setScene(undefined);
    expect(await harness.stage.settled()).toEqual(noTiles);
    expect(harness.chunks.wanted).toEqual([]);
    expect(harness.statuses.at(-1)?.gpuBytes).toBe(0);
    harness.stage.setScene(sceneOf(synthetic));
    expect((await harness.stage.settled()).data).toBeGreaterThan(0);
  });

  it("keeps the picture of a scene that is left for another one, for a while, and fetches nothing more for it", async () => {
    const { harness, synthetic } = await atRest();
    const told = harness.statuses.length;
    const startMs = performance.now();
    const clock = vi.spyOn(performance, "now").mockReturnValue(startMs);
    try {
      harness.stage.setScene(undefined, true);
      expect(harness.chunks.wanted).toEqual([]);
      await wait(100);
      expect(harness.statuses).toHaveLength(told);
      clock.mockReturnValue(startMs + 400);
      expect(await harness.stage.settled()).toEqual(noTiles);
      expect(harness.statuses.length).toBeGreaterThan(told);
    } finally {
      clock.mockRestore();
    }
    harness.stage.setScene(sceneOf(synthetic));
    expect((await harness.stage.settled()).data).toBeGreaterThan(0);
  });

  it("asks for a scene's chunks before there are graphics, from where it will be seen", async () => {
    const synthetic = syntheticImage(pyramid({ width: 600, height: 400, levels: 3 }));
    harness = stageHarness(allData(synthetic));
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView({ target: [300, 200], zoom: 0 });
    await Promise.resolve();
    expect(harness.statuses).toEqual([]);
    const ahead = harness.chunks.wanted.map(({ ref }) => ref.key);
    expect(ahead.length).toBeGreaterThan(0);
    await harness.settledPicture();
    expect(harness.chunks.wanted.map(({ ref }) => ref.key)).toEqual(ahead);
  });

  it("draws nothing while nothing changes", async () => {
    const { harness } = await atRest();
    const frames = harness.statuses.length;
    await wait(300);
    expect(harness.statuses.length).toBe(frames);
  });

  it("draws each change once, deck's own loop included", async () => {
    const shadersReady = watchShaders();
    const { harness } = await atRest();
    await shadersReady();
    const draw = vi.spyOn(WebGL2RenderingContext.prototype, "drawArraysInstanced");
    try {
      const calls: number[] = [];
      for (const zoom of [0.125, 0.25]) {
        draw.mockClear();
        harness.stage.setView({ target: [300, 200], zoom });
        await harness.stage.settled();
        await wait(100);
        calls.push(draw.mock.calls.length);
      }
      const once = harness.statuses.at(-1)?.drawCalls ?? 0;
      expect(once).toBeGreaterThan(0);
      expect(calls).toEqual([once, once]);
    } finally {
      draw.mockRestore();
    }
  });

  it("draws nothing where the picture stays: another plane before any of it is there, chunks that are none of it", async () => {
    const shadersReady = watchShaders();
    const { harness } = await atRest();
    await shadersReady();
    const draw = vi.spyOn(WebGL2RenderingContext.prototype, "drawArraysInstanced");
    const clear = vi.spyOn(WebGL2RenderingContext.prototype, "clear");
    try {
      const before = await harness.settledPicture();
      const data = harness.chunks.answer;
      harness.chunks.answer = () => ({ kind: "pending" });
      const layers = harness.stage.scene!.layers.map((layer) => ({
        ...layer,
        selection: { t: 0, z: 1 },
      }));
      harness.stage.setScene({ ...harness.stage.scene!, layers });
      const pending = await harness.pictureWhen(({ tiles }) => tiles.pending > 0);
      harness.chunks.change();
      await wait(100);
      expect([draw.mock.calls.length, clear.mock.calls.length]).toEqual([0, 0]);
      expect(pending.bytes).toEqual(before.bytes);
      harness.chunks.change(data);
      expect((await harness.settledPicture()).bytes).not.toEqual(before.bytes);
      expect(draw.mock.calls.length).toBeGreaterThan(0);
    } finally {
      draw.mockRestore();
      clear.mockRestore();
    }
  });

  it("makes the shaders of other zooms ready once a picture is there, and shows nothing of it", async () => {
    const draw = vi.spyOn(WebGL2RenderingContext.prototype, "drawArraysInstanced");
    try {
      const { harness } = await atRest();
      const drawn = draw.mock.calls.length;
      // The picture stays: no frame draws again.
      const before = await harness.settledPicture();
      await expect.poll(() => draw.mock.calls.length).toBeGreaterThan(drawn);
      await wait(300);
      expect((await harness.settledPicture()).bytes).toEqual(before.bytes);
    } finally {
      draw.mockRestore();
    }
  });

  it("a slow GPU gets no second frame before it is done with the first", async () => {
    const { harness } = await atRest();
    let isDone = true;
    const status = vi
      .spyOn(WebGL2RenderingContext.prototype, "getSyncParameter")
      .mockImplementation(() =>
        isDone ? WebGL2RenderingContext.SIGNALED : WebGL2RenderingContext.UNSIGNALED,
      );
    try {
      harness.stage.setView({ target: [300, 200], zoom: 0.125 });
      await harness.stage.settled();
      const frames = harness.statuses.length;
      isDone = false;
      const { wanted } = harness.chunks;
      for (const zoom of [0.25, 0.375, 0.5]) {
        harness.stage.setView({ target: [300, 200], zoom });
        await wait(50);
      }
      expect(harness.statuses.length).toBe(frames);
      // What is wanted does not wait: it is asked for, and the rest given up, before anything is drawn.
      expect(harness.chunks.wanted).not.toEqual(wanted);
      isDone = true;
      await harness.stage.settled();
      expect(harness.statuses.length).toBe(frames + 1);
      expect(harness.statuses.at(-1)?.view.zoom).toBe(0.5);
    } finally {
      status.mockRestore();
    }
  });

  it("is not settled before the last tile, and says how many there are", async () => {
    const synthetic = syntheticImage(pyramid({ width: 600, height: 400, levels: 1 }));
    const data = allData(synthetic);
    harness = stageHarness((ref) => (ref.chunk[4] === 5 ? { kind: "pending" } : data(ref)));
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView({ target: [300, 200], zoom: 0 });
    let answer: { data: number; pending: number } | undefined;
    const settled = harness.stage.settled().then((tiles) => {
      answer = tiles;
    });
    await harness.pictureWhen(({ tiles }) => tiles.data > 0 && tiles.pending > 0);
    await wait(50);
    expect(answer).toBeUndefined();
    harness.chunks.change(data);
    await settled;
    expect(answer).toMatchObject({ data: harness.chunks.wanted.length, pending: 0 });
  });

  it("reads exact values without asking for anything", async () => {
    const { harness } = await atRest();
    const wanted = harness.chunks.wanted;
    expect(harness.stage.valueAt(300.2, 199.8)).toEqual({
      level: 0,
      values: [{ channel: 0, value: ((300 * 13 + 200 * 29) % 251) * 16 }],
    });
    expect(harness.stage.valueAt(-1, 0)).toBeUndefined();
    expect(harness.chunks.wanted).toBe(wanted);
  });

  it("pans with the hand and tells the view and the place under the pointer", async () => {
    const { harness } = await atRest();
    const { canvas } = harness.stage;
    pointer(canvas, "pointermove", 100, 100);
    expect(harness.hovers.at(-1)).toEqual([250, 200]);
    pointer(canvas, "pointerdown", 100, 100, 1);
    // What lies under the hand when it starts to move stays there.
    pointer(canvas, "pointermove", 97, 100, 1);
    for (const x of [90, 70, 40]) pointer(canvas, "pointermove", x, 110, 1);
    pointer(canvas, "pointerup", 40, 110);
    await harness.stage.settled();
    const { target, zoom } = harness.views.at(-1)!;
    expect(target[0]).toBeCloseTo(357, 6);
    expect(target[1]).toBeCloseTo(190, 6);
    expect(zoom).toBe(0);
    pointer(canvas, "pointerleave", 40, 110);
    expect(harness.hovers.at(-1)).toBeUndefined();
  });

  it("zooms at the cursor, wheel by wheel, within limits", async () => {
    const { harness } = await atRest();
    const { canvas } = harness.stage;
    const before = harness.stage.worldFromCanvas(60, 50);
    const wheel = (deltaY: number) =>
      canvas.dispatchEvent(
        new WheelEvent("wheel", {
          bubbles: true,
          cancelable: true,
          deltaY,
          clientX: 60,
          clientY: 50,
        }),
      );
    for (let i = 0; i < 3; i++) wheel(-100);
    await harness.stage.settled();
    const after = harness.stage.worldFromCanvas(60, 50);
    expect(harness.stage.view.zoom).toBeGreaterThan(0.5);
    expect(after[0]).toBeCloseTo(before[0], 6);
    expect(after[1]).toBeCloseTo(before[1], 6);
    for (let i = 0; i < 60; i++) wheel(400);
    // As far as a stamp of 32 pixels.
    const { image } = syntheticImage(pyramid({ width: 600, height: 400, levels: 1 }));
    const size = { widthPx: canvas.clientWidth, heightPx: canvas.clientHeight };
    const { min } = zoomLimits(imageFraming(image), size);
    expect(600 * 2 ** min).toBeCloseTo(32, 6);
    expect(harness.stage.view.zoom).toBeCloseTo(min, 6);
    expect(canvas.style.cursor).toBe("crosshair");
  });

  it("ignores a view that is no place", async () => {
    const { harness } = await atRest();
    harness.stage.setView({ target: [Number.NaN, 0], zoom: 0 });
    harness.stage.setView({ target: [0, 0], zoom: Number.POSITIVE_INFINITY });
    expect(harness.stage.view).toEqual({ target: [300, 200], zoom: 0 });
  });

  it("G09 follows the size of its box, down to a point and back", async () => {
    const { harness, synthetic } = await atRest();
    const resize = async (width: number, height: number) => {
      harness.box.style.width = `${width}px`;
      harness.box.style.height = `${height}px`;
      await expect.poll(() => harness.statuses.at(-1)?.widthPx).toBe(width);
      return harness.settledPicture();
    };
    await resize(1, 1);
    await resize(1900, 1000);
    const picture = await resize(421, 133);
    expect([picture.width, picture.height]).toEqual([421, 133]);
    expect(harness.statuses.at(-1)).toMatchObject({ widthPx: 421, heightPx: 133 });
    const reference = referencePicture({
      synthetic,
      view: { target: [300, 200], zoom: 0 },
      width: 421,
      height: 133,
      channels: [rendering()],
      planes: [{ level: 0, z: 0 }],
    });
    expect(difference(picture, reference).beyond2).toBe(0);
  });

  it("G01 comes back after the graphics context was lost, with its canvas' attributes, and fetches nothing", async () => {
    const { harness } = await atRest();
    const before = await harness.settledPicture();
    const { canvas } = harness.stage;
    canvas.setAttribute("role", "application");
    canvas.tabIndex = 0;
    canvas.focus();
    const lose = canvas.getContext("webgl2")!.getExtension("WEBGL_lose_context")!;
    lose.loseContext();
    await wait(100);
    lose.restoreContext();
    await wait(100);
    const after = await harness.settledPicture();
    expect(harness.stage.canvas).not.toBe(canvas);
    expect(harness.box.querySelectorAll("canvas")).toHaveLength(1);
    expect(harness.stage.canvas.getAttribute("role")).toBe("application");
    expect(document.activeElement).toBe(harness.stage.canvas);
    expect(after.bytes).toEqual(before.bytes);
    expect(after.tiles).toEqual(before.tiles);
  });

  it("leaves nothing behind, and answers who waits", async () => {
    const synthetic = syntheticImage(pyramid({ width: 600, height: 400, levels: 1 }));
    harness = stageHarness(() => ({ kind: "pending" }));
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView({ target: [300, 200], zoom: 0 });
    const waiting = harness.stage.settled();
    await wait(100);
    expect(harness.chunks.wanted.length).toBeGreaterThan(0);
    harness.stage.destroy();
    expect(await waiting).toEqual(noTiles);
    expect(harness.chunks.wanted).toEqual([]);
    expect(harness.box.querySelector("canvas")).toBeNull();
    expect(await harness.stage.settled()).toEqual(noTiles);
  });
});
