import { afterEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { fakeChannel, fakeImage } from "../testing/fake-image.ts";
import { openState } from "../testing/fake-viewer.ts";
import { type Rendered, render } from "../testing/render.tsx";
import { ChannelList } from "./ChannelList.tsx";

let rendered: Rendered | undefined;
afterEach(() => rendered?.unmount());

function show(image = fakeImage()) {
  rendered = render(<ChannelList />, openState(image));
  const { store } = rendered;
  return { ...rendered, channel: (position: number) => store.getState().channels[position] };
}

describe("a channel by keyboard", () => {
  it("tabs through eye, colour, auto, both handles on the histogram, start and end", async () => {
    show(fakeImage({ channels: [fakeChannel(0)] }));
    const names: (string | null)[] = [];
    for (let i = 0; i < 9; i++) {
      await userEvent.keyboard("{Tab}");
      names.push(document.activeElement?.getAttribute("aria-label") ?? null);
    }
    expect(names).toEqual([
      null, // the fold
      "Show LaminB1 (with Shift alone)",
      "Colour of LaminB1: 00FF00",
      "Auto contrast of LaminB1",
      "Display limits of LaminB1, start",
      "Display limits of LaminB1, end",
      "LaminB1, start",
      "LaminB1, end",
      "Auto contrast of all visible channels",
    ]);
  });

  it("hides and shows with Space, alone with Shift", async () => {
    const { store } = show();
    const visible = () => store.getState().channels.map((channel) => channel.visible);
    const eye = page.getByRole("button", { name: "Show DAPI" });
    eye.element().focus();
    await userEvent.keyboard(" ");
    expect(visible()).toEqual([true, false]);
    await expect.element(eye).toHaveAttribute("aria-pressed", "false");
    await userEvent.keyboard("{Shift>}{Enter}{/Shift}");
    expect(visible()).toEqual([false, true]);
  });

  it("moves a limit in values, not in positions: arrows 1 %, Page keys and Shift 10 %", async () => {
    const { channel } = show();
    const start = page.getByRole("slider", { name: "Display limits of LaminB1, start" });
    start.element().focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(channel(0)?.window?.start).toBe(110);
    await userEvent.keyboard("{PageUp}");
    expect(channel(0)?.window?.start).toBe(210);
    await userEvent.keyboard("{Shift>}{ArrowLeft}{/Shift}");
    expect(channel(0)?.window?.start).toBe(110);
    await expect.element(start).toHaveAttribute("aria-valuetext", "110");
  });

  it("stops a limit at the other one with Home and End, and at the slider's", async () => {
    const { channel } = show();
    page.getByRole("slider", { name: "Display limits of LaminB1, start" }).element().focus();
    await userEvent.keyboard("{End}");
    expect(channel(0)?.window).toEqual({ start: 1499, end: 1500, min: 0, max: 65535 });
    await userEvent.keyboard("{Home}");
    expect(channel(0)?.window?.start).toBe(0);
    page.getByRole("slider", { name: "Display limits of LaminB1, end" }).element().focus();
    await userEvent.keyboard("{End}");
    expect(channel(0)?.window?.end).toBe(65535);
    await userEvent.keyboard("{Home}");
    expect(channel(0)?.window?.end).toBe(1);
  });

  it("takes a typed limit on Enter, gives it up on Escape, refuses what crosses the other", async () => {
    const { channel, calls } = show();
    const end = page.getByRole("spinbutton", { name: "LaminB1, end" });
    end.element().focus();
    await userEvent.keyboard("70000{Enter}");
    expect(channel(0)?.window).toEqual({ start: 100, end: 70000, min: 0, max: 70000 });
    await userEvent.keyboard("5{Escape}");
    await expect.element(end).toHaveValue("70000");
    const before = calls.length;
    await userEvent.fill(end, "50");
    await userEvent.keyboard("{Enter}");
    await userEvent.fill(end, "nonsense");
    await userEvent.keyboard("{Tab}");
    expect(calls.length).toBe(before);
    await expect.element(end).toHaveValue("70000");
    end.element().focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(channel(0)?.window?.end).toBe(69500);
  });

  it("changes the colour, by palette and by hex, and gives the focus back", async () => {
    const { channel } = show();
    const swatch = page.getByRole("button", { name: "Colour of LaminB1" });
    swatch.element().focus();
    await userEvent.keyboard("{Enter}");
    await userEvent.click(page.getByRole("button", { name: "Magenta" }));
    expect(channel(0)?.color).toBe("FF00FF");
    await userEvent.fill(page.getByLabelText("Hex"), "#12ab9f");
    await userEvent.keyboard("{Enter}");
    expect(channel(0)?.color).toBe("12AB9F");
    await userEvent.click(page.getByRole("switch", { name: "Invert" }));
    expect(channel(0)?.inverted).toBe(true);
    await userEvent.keyboard("{Escape}");
    await expect.poll(() => document.activeElement).toBe(swatch.element());
  });
});

describe("a channel by pointer", () => {
  it("drags one limit and leaves the other exactly as it was", async () => {
    const { channel } = show();
    const track = document.querySelector(".zs-slider-control");
    if (!(track instanceof HTMLElement)) throw new Error("there is a slider");
    await userEvent.click(track, { position: { x: track.offsetWidth - 20, y: 10 } });
    const window = channel(0)?.window;
    expect(window?.start).toBe(100);
    expect(window?.end).toBeGreaterThan(1500);
    expect(Number.isInteger(window?.end)).toBe(true);
  });
});

it("a channel without a window yet has its fields disabled and still asks for auto contrast", async () => {
  const { calls } = show(fakeImage({ channels: [fakeChannel(0, { window: undefined })] }));
  await expect.element(page.getByRole("spinbutton", { name: "LaminB1, start" })).toBeDisabled();
  expect(document.querySelector("input[type=range]")).toBeNull();
  await userEvent.click(page.getByRole("button", { name: "Auto contrast of LaminB1" }));
  expect(calls).toEqual([{ action: "autoContrast", args: [0, "view"] }]);
});

it("M15 puts a few of a thousand channels into the page, finds the others by name and number", async () => {
  const channels = Array.from({ length: 1000 }, (_, index) =>
    fakeChannel(index, { label: `Marker ${index + 1}`, visible: index < 2 }),
  );
  show(fakeImage({ channels }));
  const rows = () => document.querySelectorAll(".zs-channel").length;
  expect(rows()).toBeLessThan(60);
  expect(document.querySelectorAll("*").length).toBeLessThan(3000);
  const search = page.getByRole("searchbox", { name: "Find channels" });
  await userEvent.fill(search, "marker 77");
  expect(rows()).toBe(11);
  await userEvent.fill(search, "1000");
  expect(document.querySelector(".zs-channel-name")?.textContent).toBe("Marker 1000");
  await userEvent.fill(search, "nothing");
  await expect.element(page.getByText("No channel is called that.")).toBeVisible();
});

it("draws the histogram of what is in view, and resets the window by double-click", async () => {
  const { calls } = show();
  await expect
    .poll(() => document.querySelector(".zs-histogram-bars")?.getAttribute("d")?.length ?? 0)
    .toBeGreaterThan(500);
  const box = document.querySelector(".zs-histogram");
  if (box === null) throw new Error("there is a histogram");
  await userEvent.dblClick(box, { position: { x: 130, y: 20 } });
  expect(calls.at(-1)).toEqual({ action: "importedRange", args: [0] });
});

it("takes a lookup table by arrow key, gamma by slider and number; a colour ends the table", async () => {
  const { channel, calls } = show();
  await userEvent.click(page.getByRole("button", { name: "Colour of LaminB1" }));
  page.getByRole("radio", { name: "none (colour)" }).element().focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(channel(0)?.lut).toBe("magma");
  await expect
    .poll(() => document.querySelector<HTMLElement>(".zs-swatch")?.style.background)
    .toContain("linear-gradient");
  const gamma = page.getByRole("slider", { name: "Gamma of LaminB1" });
  gamma.element().focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(channel(0)?.gamma).toBeGreaterThan(1);
  await userEvent.keyboard("{ArrowLeft}");
  expect(channel(0)?.gamma).toBe(1);
  await userEvent.keyboard("{Home}");
  expect(channel(0)?.gamma).toBe(0.1);
  await userEvent.keyboard("{End}");
  expect(channel(0)?.gamma).toBe(5);
  await userEvent.fill(page.getByRole("spinbutton", { name: "Gamma of LaminB1" }), "0.45");
  await userEvent.keyboard("{Enter}");
  expect(channel(0)?.gamma).toBe(0.45);
  await userEvent.click(page.getByRole("button", { name: "Magenta" }));
  expect(channel(0)).toMatchObject({ color: "FF00FF", lut: null, gamma: 0.45 });
  await userEvent.click(page.getByRole("button", { name: "Full range" }));
  expect(calls.at(-1)).toEqual({ action: "fullRange", args: [0] });
});

it("M05 shows names as text", () => {
  show(fakeImage({ channels: [fakeChannel(0, { label: "<img src=x onerror=alert(1)>" })] }));
  expect(document.querySelector(".zs-channel img")).toBeNull();
  expect(document.querySelector(".zs-channel-name")?.textContent).toBe(
    "<img src=x onerror=alert(1)>",
  );
});
