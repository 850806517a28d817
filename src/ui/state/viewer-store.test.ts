import { expect, it } from "vitest";
import { openState } from "../testing/fake-viewer.ts";
import { createViewerStore, withoutImage } from "./viewer-store.ts";

it("a closed image leaves nothing behind but what belongs to the user", () => {
  const store = createViewerStore({ ...openState(), imageBackground: "FFFFFF" });
  store.setState(withoutImage);
  expect(store.getState()).toEqual(createViewerStore({ imageBackground: "FFFFFF" }).getState());
});
