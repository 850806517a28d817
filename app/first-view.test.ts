import { expect, it } from "vitest";
import { createViewerStore, withoutImage } from "../src/ui/state/viewer-store.ts";
import { fakeStage, openState } from "../src/ui/testing/fake-viewer.ts";
import { firstView } from "./first-view.ts";

const opened = { ...openState(), view: undefined, stage: undefined };

/** What became of a wait by the next task. */
async function stateOf(waiting: Promise<void>): Promise<string> {
  const later = new Promise<string>((resolve) => setTimeout(() => resolve("waiting")));
  return Promise.race([waiting.then(() => "over"), later]);
}

it("waits for the view of an image that was opened before there is a place for it", async () => {
  const store = createViewerStore(opened);
  const waiting = firstView(store);
  store.setState({ greyscale: true });
  expect(await stateOf(waiting)).toBe("waiting");
  store.setState({ view: fakeStage.view });
  expect(await stateOf(waiting)).toBe("over");
});

it("lets nobody wait for an image that is closed, or that has a view", async () => {
  const store = createViewerStore(opened);
  const waiting = firstView(store);
  store.setState(withoutImage, true);
  expect(await stateOf(waiting)).toBe("over");
  expect(await stateOf(firstView(createViewerStore(openState())))).toBe("over");
});
