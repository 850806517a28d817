import { afterAll, beforeAll, expect, it } from "vitest";
import { coordinatePlates } from "../../e2e/store/coordinate-plates.ts";
import { startStore, type TestStore } from "../../e2e/store/test-store.ts";
import { emptyLink } from "../../src/ui/state/link.ts";
import { plateRoom } from "../../src/ui/state/plate.ts";
import { createViewerStore } from "../../src/ui/state/viewer-store.ts";
import { stateOfPlate } from "../opened-state.ts";
import { PlateSession } from "./plate-session.ts";
import { openLinked } from "./testing/open-linked.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
  store.definePlate("plate", coordinatePlates["plate-96-v3"]);
  store.definePlate("fields", coordinatePlates["plate-96-fields"]);
});
afterAll(() => store.close());

/** A plate in a view of all of it, without a stage. */
async function openedPlate(name = "plate") {
  const { plate, scheduler, dispose } = await openLinked(store.url(name));
  const viewer = createViewerStore({});
  const session = new PlateSession(plate!, {
    store: viewer,
    chunks: scheduler,
    size: () => ({ widthPx: 1000, heightPx: 700 }),
    changed: () => {
      shown = session.images(viewer.getState());
    },
    fit: () => {},
    isFitted: () => false,
  });
  viewer.setState({
    ...stateOfPlate(plate!, session, emptyLink, plateRoom),
    view: { target: [5.5, 3.5], zoom: 6 },
  });
  // As the stage has it: asked for again only when something changed.
  let shown = session.images(viewer.getState());
  const provisionalCount = () => shown.provisional?.size ?? 0;
  const wellAt = (id: string) => plate!.model.wells.find((well) => well.id === id)!;
  const end = () => {
    session.dispose();
    dispose();
  };
  const place = () => {
    const { acquisition, field, allFields, opened } = viewer.getState().plate!;
    return { acquisition, field, allFields, well: opened?.well.id };
  };
  return { session, images: plate!.images, provisionalCount, wellAt, place, end };
}

it("asked for a point, a plate reads the well there, and no other", async () => {
  const { session, provisionalCount, end } = await openedPlate();
  // All but the well by which the others are predicted, and the one that is not listed.
  expect(provisionalCount()).toBe(94);
  await session.readAt(4, 2);
  expect(provisionalCount()).toBe(93);
  await session.readAt(4, 2);
  expect(provisionalCount()).toBe(93);
  end();
});

it("asked for a well that was read a moment ago, it shows that at once", async () => {
  const { session, images, provisionalCount, wellAt, end } = await openedPlate();
  expect(provisionalCount()).toBe(94);
  // As in idle time: what was read is gathered before it is shown.
  await images.read(wellAt("C/05"));
  await session.readAt(4, 2);
  expect(provisionalCount()).toBe(93);
  end();
});

it("who goes on while another choice of fields is still looked for keeps that choice", async () => {
  const { session, images, place, end } = await openedPlate("fields");
  await Promise.all([session.go({ acquisition: 2 }), session.go({ well: "C/05" })]);
  expect(place()).toEqual({ acquisition: 2, field: 0, allFields: false, well: "C/05" });
  expect(images.choice).toEqual({ acquisition: 2, field: 0 });
  await session.go({ acquisition: 0, well: null });
  // The images of all fields are read first, from the server.
  const [all, well] = [session.go({ allFields: true }), session.go({ well: "B/03" })];
  expect(place().allFields).toBe(false);
  await Promise.all([all, well]);
  expect(place()).toEqual({ acquisition: 0, field: 0, allFields: true, well: "B/03" });
  // Taken back before it was there: nothing of it is left.
  await session.go({ field: 0, well: null });
  await Promise.all([session.go({ acquisition: 2 }), session.go({ acquisition: 0 })]);
  await session.go({ well: "B/04" });
  expect(place()).toEqual({ acquisition: 0, field: 0, allFields: false, well: "B/04" });
  end();
});
