import { afterEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { fakeImage } from "../testing/fake-image.ts";
import { openState } from "../testing/fake-viewer.ts";
import { type Rendered, render } from "../testing/render.tsx";
import { DimensionBar } from "./DimensionBar.tsx";

let rendered: Rendered | undefined;
afterEach(() => rendered?.unmount());

it("chooses the axes by keyboard; one that the other side has changes places with it", async () => {
  rendered = render(<DimensionBar />, openState(fakeImage()));
  const button = page.getByRole("button", { name: "Axes on screen: y down, x across" });
  await userEvent.click(button);
  const down = page.getByRole("group", { name: "Down" });
  await expect.element(down.getByRole("radio", { name: "y" })).toBeChecked();
  await userEvent.click(down.getByRole("radio", { name: "z" }));
  await expect.element(page.getByRole("slider", { name: "Y", exact: true })).toBeVisible();
  await expect
    .element(page.getByRole("button", { name: "Axes on screen: z down, x across" }))
    .toBeInTheDocument();
  await expect.element(down.getByRole("radio", { name: "z" })).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  await expect
    .element(page.getByRole("button", { name: "Axes on screen: x down, y across" }))
    .toBeInTheDocument();
});
