import type { Viewer } from "./viewer.ts";

/** Walks by Tab alone until an element of this name has the focus. */
export async function tabTo(viewer: Viewer, name: RegExp): Promise<void> {
  const { page } = viewer;
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null) return "";
      const labelled = element.getAttribute("aria-labelledby")?.split(" ") ?? [];
      const words = labelled.map((id) => document.getElementById(id)?.textContent ?? "");
      return [element.getAttribute("aria-label"), ...words, element.textContent].join(" ");
    });
    if (name.test(label)) return;
  }
  throw new Error(`Tab does not reach ${name}.`);
}
