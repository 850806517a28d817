import { availableParallelism, cpus, loadavg } from "node:os";
import type { Browser } from "@playwright/test";

/** What figures were measured on; a figure says little without it. */
export type Machine = {
  /** What draws, as WebGL2 names it; "none" without WebGL2. */
  readonly renderer: string;
  readonly browser: string;
  readonly processor: string;
  readonly cores: number;
  /** Processes that ran or waited in the last minute, before the first run. */
  readonly load: number;
};

/** Asks the browser what it draws with, and the system for the rest. */
export async function describeMachine(browser: Browser): Promise<Machine> {
  const page = await browser.newPage();
  try {
    const renderer = await page.evaluate(() => {
      const gl = document.createElement("canvas").getContext("webgl2");
      // Chromium masks RENDERER: only the extension says whether a GPU is behind it.
      const unmasked = gl?.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL;
      return gl && String(gl.getParameter(unmasked ?? gl.RENDERER));
    });
    return {
      renderer: renderer ?? "none",
      browser: `Chromium ${browser.version()}`,
      processor: cpus()[0]?.model ?? "unknown",
      cores: availableParallelism(),
      load: loadavg()[0] ?? Number.NaN,
    };
  } finally {
    await page.close();
  }
}

/** One line of it, for the head of a report. */
export function machineLine({ renderer, browser, processor, cores, load }: Machine): string {
  return `${renderer}; ${browser}; ${cores} × ${processor}, load ${load.toFixed(1)}`;
}
