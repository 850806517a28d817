import { Profiler } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import { fakeStage, openState } from "../src/ui/testing/fake-viewer.ts";
import { type Rendered, render } from "../src/ui/testing/render.tsx";
import { App } from "./App.tsx";

let rendered: Rendered | undefined;
afterEach(() => rendered?.unmount());

let mounted = 0;
function mountStage(element: HTMLElement) {
  mounted++;
  element.append(document.createElement("canvas"));
  return () => {
    mounted--;
    element.replaceChildren();
  };
}

const samples = [{ title: "Cells", description: "Made up", url: "samples/cells.zarr" }];
let commits = 0;

function show(state: Partial<ViewerState>, name?: string) {
  commits = 0;
  rendered = render(
    <Profiler id="app" onRender={() => commits++}>
      <App
        mountStage={mountStage}
        mountOverview={() => () => {}}
        mountThumbnail={() => () => {}}
        takeStill={() => Promise.reject(new Error("No stage in this test."))}
        samples={samples}
        version="1.2.3"
        name={name}
      />
    </Profiler>,
    state,
  );
  return rendered;
}

describe("the start page", () => {
  it("opens what is pasted", async () => {
    const { calls } = show({});
    const field = page.getByRole("textbox", { name: "Zarr URL" });
    await expect.element(field).toHaveFocus();
    await userEvent.keyboard("https://h.org/a.zarr{Enter}");
    expect(calls).toEqual([{ action: "open", args: ["https://h.org/a.zarr"] }]);
  });

  it("opens a sample, which is also a link", async () => {
    const { calls } = show({});
    const sample = page.getByRole("link", { name: "Cells" });
    await expect.element(sample).toHaveAttribute("href", "?source=samples/cells.zarr");
    await userEvent.click(sample);
    expect(calls).toEqual([{ action: "open", args: ["samples/cells.zarr"] }]);
    await expect.poll(() => mounted).toBe(1);
  });

  it("costs no stage", () => {
    show({});
    expect(mounted).toBe(0);
  });

  it("has the name of the installation, which stands in titles, too", async () => {
    const { store } = show({}, "Images of the lab");
    await expect.element(page.getByRole("heading", { name: "Images of the lab" })).toBeVisible();
    expect(document.title).toBe("Images of the lab");
    store.setState(openState());
    await expect.poll(() => document.title).toMatch(/^.+ · Images of the lab$/);
    rendered?.unmount();
    show({});
    await expect.poll(() => document.title).toBe("Zarrscope");
  });
});

describe("a failure", () => {
  const failure = { code: "ZS-CORS", title: "No CORS.", detail: "Tried x", action: "Ask y." };
  const state: Partial<ViewerState> = {
    source: { status: "failed", url: "https://h.org/bad.zarr", failure },
  };

  it("is an alert that keeps what was asked for, and tries again", async () => {
    const { calls } = show(state);
    const alert = page.getByRole("alert");
    await expect.element(alert).toHaveTextContent("No CORS.");
    await expect.element(alert).toHaveTextContent("ZS-CORS");
    await expect
      .element(page.getByRole("textbox", { name: "Zarr URL" }))
      .toHaveValue("https://h.org/bad.zarr");
    await userEvent.click(page.getByRole("button", { name: "Try again" }));
    expect(calls).toEqual([{ action: "open", args: ["https://h.org/bad.zarr"] }]);
  });
});

describe("an open image", () => {
  it("has a canvas named by what it shows, with keys that work only in it", async () => {
    const { store, calls } = show(openState());
    const canvas = page.getByRole("application");
    await expect
      .element(canvas)
      .toHaveAccessibleName("Image 6001240, z 119 of 236, 59.0 µm, channels LaminB1, DAPI");
    canvas.element().focus();
    await userEvent.keyboard(".2c0");
    expect(store.getState().selection).toEqual({ z: 119 });
    expect(store.getState().channels[1]?.visible).toBe(false);
    expect(calls.slice(-2)).toEqual([
      { action: "autoContrast", args: [0] },
      { action: "fit", args: [] },
    ]);
    const before = calls.length;
    page.getByRole("textbox", { name: "Zarr URL" }).element().focus();
    await userEvent.keyboard("2c0.");
    expect(calls.length).toBe(before);
  });

  it("lets Tab leave the canvas", async () => {
    show(openState());
    const canvas = page.getByRole("application").element();
    canvas.focus();
    await userEvent.keyboard("{Tab}");
    expect(document.activeElement).not.toBe(canvas);
  });

  it("hides the panel with K", async () => {
    show(openState());
    const canvas = page.getByRole("application");
    const width = () => canvas.element().getBoundingClientRect().width;
    const before = width();
    canvas.element().focus();
    await userEvent.keyboard("k");
    await expect.poll(() => width() - before).toBe(280);
    await expect
      .element(page.getByRole("button", { name: "Show panel" }))
      .toHaveAttribute("aria-expanded", "false");
  });

  it("renders nothing while panning", async () => {
    const { store } = show(openState());
    await expect.element(page.getByRole("application")).toBeVisible();
    let before = 0;
    // Histograms come with a frame.
    while (before !== commits) {
      before = commits;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    for (let x = 0; x < 50; x++) {
      const view = { target: [x, x], zoom: fakeStage.view.zoom } as const;
      store.setState({ view, stage: { ...fakeStage, view } });
      await new Promise(requestAnimationFrame);
    }
    expect(commits).toBe(before);
  });

  it("counts failed tiles in words and fetches them again", async () => {
    const tiles = { ...fakeStage.tiles, corrupt: 2, denied: 1 };
    const { calls } = show({ ...openState(), stage: { ...fakeStage, tiles } });
    await expect.element(page.getByText("Tiles: 1 denied, 2 corrupt")).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Retry" }));
    expect(calls).toEqual([{ action: "retryFailed", args: [] }]);
  });

  it("puts notices away, until there is a new one", async () => {
    const { store } = show({ ...openState(), notices: ["Clamped."] });
    await userEvent.click(page.getByRole("button", { name: "Dismiss" }));
    expect(page.getByText("Clamped.").query()).toBeNull();
    store.setState({ notices: ["Clamped again."] });
    await expect.element(page.getByText("Clamped again.")).toBeVisible();
  });

  it("has a sheet with tabs on a narrow page, which shows the planes at first", async () => {
    await page.viewport(390, 800);
    try {
      show(openState());
      const tab = (name: string) => page.getByRole("tab", { name });
      await expect.element(tab("Planes")).toHaveAttribute("aria-selected", "true");
      await expect.element(page.getByRole("slider", { name: "Z", exact: true })).toBeVisible();
      await userEvent.click(tab("Channels"));
      await expect.element(page.getByRole("slider", { name: "LaminB1, start" })).toBeVisible();
      await userEvent.click(tab("Channels"));
      expect(page.getByRole("slider").query()).toBeNull();
      await userEvent.click(tab("Info"));
      await expect.element(page.getByText("236 planes × 2 channels of 271 × 275 px")).toBeVisible();
      await userEvent.click(page.getByRole("button", { name: "Hide panel" }));
      expect(page.getByText("236 planes × 2 channels").query()?.checkVisibility()).toBeFalsy();
      expect(document.documentElement.scrollWidth).toBe(390);
    } finally {
      await page.viewport(1000, 700);
    }
  });

  it("keeps the stage when another image is opened", () => {
    const { store } = show(openState());
    const stage = document.querySelector("canvas");
    store.setState({ source: { status: "opening", url: "https://h.org/other.zarr" } });
    store.setState(openState());
    expect(document.querySelector("canvas")).toBe(stage);
    expect(mounted).toBe(1);
  });
});
