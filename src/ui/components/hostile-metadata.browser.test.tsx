import { afterEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { PlateModel } from "../../zarr/plate/plate-model.ts";
import { rootPath } from "../../zarr/store/node-path.ts";
import { TooltipProvider } from "../kit/Tooltip.tsx";
import { defaultLabels } from "../state/labels.ts";
import type { ViewerState } from "../state/viewer-state.ts";
import { fakeChannel, fakeImage } from "../testing/fake-image.ts";
import { fakePlate } from "../testing/fake-plate.ts";
import { openState } from "../testing/fake-viewer.ts";
import { type Rendered, render } from "../testing/render.tsx";
import { Panel } from "./Panel.tsx";

let rendered: Rendered | undefined;
afterEach(() => rendered?.unmount());

const evil = [
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "\u202Egnp.exe",
  "👩‍🔬".repeat(40),
  "a\u0000b",
  "x".repeat(100_000),
  "__proto__",
  "red;background:url(https://evil.example/)",
] as const;

const plate = (rows: number, columns: number, wells: PlateModel["wells"]): PlateModel => ({
  name: evil[0],
  format: "OME-NGFF 0.4 plate",
  rows: Array.from({ length: rows }, (_, row) => `R${row}`),
  columns: Array.from({ length: columns }, (_, column) => `C${column}`),
  wells,
  acquisitions: evil.slice(0, 3).map((name, id) => ({ id, name })),
  fieldCount: 1,
  attributes: {},
  problems: [],
});

const onPlate = (model: PlateModel): Partial<ViewerState> => ({
  plate: { ...fakePlate, model, acquisition: 0 },
});

function show(state: Partial<ViewerState>) {
  rendered = render(
    <TooltipProvider>
      <Panel id="panel" open mountThumbnail={() => () => {}} />
    </TooltipProvider>,
    state,
  );
}

it("M05 M06 M07 whatever metadata hold is text: no element, no link, no style, no request comes of it", async () => {
  const before = performance.getEntriesByType("resource").length;
  const image = fakeImage({
    name: evil[0],
    channels: evil.map((label, index) => fakeChannel(index, { label })),
    attributes: { readme: evil[2], href: evil[3], evil: [...evil] },
    problems: evil.map((text) => ({
      code: "N4-08",
      severity: "warning",
      path: text,
      expected: text,
      received: text,
    })),
  });
  const model = plate(2, 2, [{ path: rootPath, id: evil[1], row: 0, column: 0 }]);
  show({ ...openState(image), labels: defaultLabels(evil), ...onPlate(model) });
  for (const heading of ["Image", "Problems"]) {
    const button = page.getByRole("button", { name: heading }).first();
    if (button.query()?.getAttribute("aria-expanded") === "false") await userEvent.click(button);
  }
  const panel = document.querySelector(".zs-panel")!;
  expect(
    panel.querySelectorAll("img, script, iframe, object, embed, svg[onload], [onerror]"),
  ).toHaveLength(0);
  for (const anchor of panel.querySelectorAll("a")) {
    expect(["http:", "https:"]).toContain(anchor.protocol);
  }
  for (const styled of panel.querySelectorAll<HTMLElement>("[style]")) {
    expect(styled.getAttribute("style")).not.toContain("url(");
  }
  const text = panel.textContent ?? "";
  for (const part of ["<img src=x", "<svg onload", "javascript:alert"])
    expect(text).toContain(part);
  // A right-to-left mark turns nothing but its own name round.
  const turned = [...panel.querySelectorAll("*")].filter(
    (each) => each.childElementCount === 0 && each.textContent?.includes("\u202E"),
  );
  expect(turned.length).toBeGreaterThan(0);
  for (const each of turned) expect(each.closest("bdi, option, [dir=auto]")).not.toBeNull();
  const asked = performance.getEntriesByType("resource").slice(before);
  expect(asked.filter(({ name }) => name.includes("evil"))).toEqual([]);
  // Nothing is wider than the panel.
  expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth);
});

it("M15 5 000 label images and 100 000 wells are a few thousand nodes, and each can be found", async () => {
  const names = Array.from({ length: 5_000 }, (_, k) => `nuclei ${k}`);
  const wells = Array.from({ length: 100_000 }, (_, k) => {
    const [row, column] = [Math.floor(k / 400), k % 400];
    return { path: rootPath, id: `R${row}/C${column}`, row, column };
  });
  show({
    ...openState(),
    labels: defaultLabels(names),
    ...onPlate(plate(250, 400, wells)),
  });
  expect(document.querySelectorAll("*").length).toBeLessThan(3_500);
  await userEvent.fill(page.getByRole("searchbox", { name: "Find labels" }), "nuclei 4999");
  expect(document.querySelectorAll(".zs-label")).toHaveLength(1);
  const map = page.getByRole("grid");
  expect(map.element().getAttribute("aria-rowcount")).toBe("251");
  map.element().focus();
  await userEvent.keyboard("{Control>}{End}{/Control}");
  const active = document.getElementById(map.element().getAttribute("aria-activedescendant") ?? "");
  expect(active?.dataset.cell).toBe("249,399");
});
