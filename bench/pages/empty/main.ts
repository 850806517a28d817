import { Deck, OrthographicView } from "@deck.gl/core";
import type { BenchWindow } from "../../lane-result.ts";

/** A canvas that deck.gl draws anew with each view, and nothing on it: what moving costs at the least. */
const deck = new Deck({
  width: 1280,
  height: 800,
  views: [new OrthographicView({ id: "detail" })],
  initialViewState: { detail: { target: [0, 0, 0], zoom: 0 } },
  layers: [],
});
const page = globalThis as BenchWindow;
page.benchLane = {
  open: async () => 0,
  async frames(count) {
    for (let step = 0; step < count; step++) {
      deck.setProps({ initialViewState: { detail: { target: [step, 0, 0], zoom: 0 } } });
      await new Promise(requestAnimationFrame);
    }
    return 0;
  },
};
