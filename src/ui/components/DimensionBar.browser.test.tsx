import { flushSync } from "react-dom";
import { afterEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { Axis } from "../../zarr/image/image-model.ts";
import { fakeImage } from "../testing/fake-image.ts";
import { openState } from "../testing/fake-viewer.ts";
import { type Rendered, render } from "../testing/render.tsx";
import { DimensionBar } from "./DimensionBar.tsx";

let rendered: Rendered | undefined;
afterEach(() => rendered?.unmount());

function show(image = fakeImage()) {
  rendered = render(<DimensionBar />, openState(image));
  return rendered;
}

it("shows the plane counted from 1, and where it lies", () => {
  show();
  expect(document.querySelector("input.zs-number")).toHaveValue("119");
  expect(document.querySelector(".zs-axis-field")?.textContent).toBe("/236 · 59.0 µm");
});

it("takes a number or a place, says what is wrong with others, and Escape takes it back", async () => {
  const { store } = show();
  const field = page.getByRole("textbox", { name: "Z, number or place" });
  await userEvent.fill(field, "12");
  await userEvent.keyboard("{Enter}");
  expect(store.getState().selection).toEqual({ z: 11 });
  await userEvent.fill(field, "59um");
  await userEvent.keyboard("{Enter}");
  expect(store.getState().selection).toEqual({ z: 118 });
  await userEvent.fill(field, "300");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("alert")).toHaveTextContent("There is no 300");
  await expect.element(field).toHaveAttribute("aria-invalid", "true");
  await userEvent.keyboard("{Escape}");
  await expect.element(field).toHaveValue("119");
  expect(store.getState().selection).toEqual({ z: 118 });
});

it("plays one axis at a time, at a rate and to an end that are chosen", async () => {
  const { store } = show();
  await userEvent.click(page.getByRole("button", { name: "Play Z" }));
  expect(store.getState().playback.playing).toBe("z");
  await userEvent.click(page.getByRole("button", { name: /^Playback of Z/ }));
  await userEvent.click(page.getByRole("radio", { name: "To and fro" }));
  page.getByRole("slider", { name: "Frames per second" }).element().focus();
  await userEvent.keyboard("{Home}");
  expect(store.getState().playback).toEqual({ playing: "z", fps: 1, mode: "ping-pong" });
  await userEvent.keyboard("{Escape}");
  await userEvent.click(page.getByRole("button", { name: "Pause Z" }));
  expect(store.getState().playback.playing).toBeUndefined();
});

it("marks what is in memory beneath the track", () => {
  const { store } = show();
  flushSync(() =>
    store.setState({
      buffered: [
        {
          axis: "z",
          runs: [
            { first: 0, last: 47 },
            { first: 235, last: 235 },
          ],
        },
      ],
    }),
  );
  const marks = [...document.querySelectorAll<HTMLElement>(".zs-slider-mark")];
  const track = document.querySelector(".zs-slider-track")!.getBoundingClientRect();
  const rects = marks.map((mark) => mark.getBoundingClientRect());
  expect(rects).toHaveLength(2);
  expect(rects[0]!.left).toBeCloseTo(track.left, 0);
  expect(rects[0]!.width / track.width).toBeCloseTo(47.5 / 235, 2);
  // A single index is 2 px wide at least.
  expect(Math.abs(rects[1]!.right - track.right)).toBeLessThan(2);
});

it("steps with arrows, ten with Page keys, to the ends with Home and End", async () => {
  const { store } = show();
  const z = () => store.getState().selection;
  const slider = page.getByRole("slider", { name: "Z" });
  slider.element().focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(z()).toEqual({ z: 119 });
  await expect.element(slider).toHaveAttribute("aria-valuetext", "120 of 236, 59.5 µm");
  await userEvent.keyboard("{PageDown}");
  expect(z()).toEqual({ z: 109 });
  await userEvent.keyboard("{End}{ArrowRight}");
  expect(z()).toEqual({ z: 235 });
  await userEvent.keyboard("{Home}");
  expect(z()).toEqual({ z: 0 });
});

it("has buttons for a single step, disabled at the ends", async () => {
  const { store } = show();
  await userEvent.click(page.getByRole("button", { name: "Next Z" }));
  expect(store.getState().selection).toEqual({ z: 119 });
  store.setState({ selection: { z: 0 } });
  await expect.element(page.getByRole("button", { name: "Previous Z" })).toBeDisabled();
});

it("reports every plane while it is dragged", async () => {
  const { calls } = show();
  const track = document.querySelector(".zs-slider-control");
  if (!(track instanceof HTMLElement)) throw new Error("there is a slider");
  const { left, top, width } = track.getBoundingClientRect();
  function point(type: string, share: number) {
    const init = {
      clientX: left + width * share,
      clientY: top + 5,
      bubbles: true,
      button: 0,
      pointerId: 1,
    };
    const buttons = type === "pointerup" ? 0 : 1;
    track?.dispatchEvent(new PointerEvent(type, { ...init, buttons, cancelable: true }));
  }
  point("pointerdown", 0.5);
  for (const share of [0.55, 0.6, 0.65]) point("pointermove", share);
  point("pointerup", 0.65);
  expect(calls.filter(({ action }) => action === "setSelection").length).toBeGreaterThanOrEqual(3);
});

it("does not change its width while the index grows", () => {
  const { store } = show();
  const width = () => document.querySelector(".zs-slider")?.getBoundingClientRect().width;
  store.setState({ selection: { z: 0 } });
  const before = width();
  store.setState({ selection: { z: 235 } });
  expect(width()).toBe(before);
});

it("is absent when there is nothing to walk along", () => {
  const { axes } = fakeImage();
  const flat = axes.axes.map((axis): Axis => (axis.name === "z" ? { ...axis, size: 1 } : axis));
  show(fakeImage({ axes: { ...axes, axes: flat } }));
  expect(document.querySelector("section")).toBeNull();
});
