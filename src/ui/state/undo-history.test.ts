import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeViewer } from "../testing/fake-viewer.ts";
import { defaultLabels, withLabel } from "./labels.ts";
import {
  amendStep,
  beginHistory,
  gestureOf,
  keptSteps,
  recordStep,
  redoStep,
  type UndoHistory,
  undoableOf,
  undoStep,
  withFound,
} from "./undo-history.ts";

type Act = { kind: "record" | "amend"; value: number } | { kind: "undo" | "redo" };

function act(history: UndoHistory<number>, step: Act): UndoHistory<number> {
  switch (step.kind) {
    case "record":
      return recordStep(history, step.value);
    case "amend":
      return amendStep(history, step.value);
    case "undo":
      return undoStep(history);
    case "redo":
      return redoStep(history);
  }
}

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("record" as const, "amend" as const), value: fc.nat() }),
    fc.record({ kind: fc.constantFrom("undo" as const, "redo" as const) }),
  ),
  { maxLength: 300 },
);

describe("the history", () => {
  it("redo takes back undo, and undo takes back redo", () => {
    fc.assert(
      fc.property(acts, (steps) => {
        const history = steps.reduce(act, beginHistory(0));
        if (history.past.length > 0) expect(redoStep(undoStep(history))).toEqual(history);
        if (history.future.length > 0) expect(undoStep(redoStep(history))).toEqual(history);
        expect(history.past.length).toBeLessThanOrEqual(keptSteps);
      }),
    );
  });

  it("undoes recorded steps in reverse", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: keptSteps }), (values) => {
        let history = values.reduce(recordStep, beginHistory(-1));
        const seen: number[] = [];
        for (const _ of values) {
          seen.push(history.present);
          history = undoStep(history);
        }
        expect(seen.reverse()).toEqual(values);
        expect(history.present).toBe(-1);
      }),
    );
  });

  it("stands still at its ends", () => {
    const history = beginHistory("a");
    expect(undoStep(history)).toBe(history);
    expect(redoStep(history)).toBe(history);
  });
});

describe("gestureOf", () => {
  const state = undoableOf(fakeViewer().store.getState());
  const [first, second] = state.channels;

  it("names what changed, so that a drag is one step", () => {
    expect(gestureOf(state, state)).toBeUndefined();
    expect(gestureOf(state, { ...state, view: { target: [0, 0], zoom: 0 } })).toBe("view");
    const shown = { ...first!, visible: false };
    expect(gestureOf(state, { ...state, channels: [shown, second!] })).toBe("channel 0: visible");
  });

  it("gives limits that were found to every remembered state, and changes no other", () => {
    const without = { ...state, channels: [{ ...first!, window: undefined }, second!] };
    expect(withFound(without, state).channels).toEqual(state.channels);
    expect(withFound(state, without)).toBe(state);
  });

  it("gives label images that were found to every remembered state, hidden where nobody had shown them", () => {
    const found = {
      ...state,
      labels: withLabel(defaultLabels(["a", "b"]), "a", { visible: true }),
    };
    expect(withFound(state, found).labels).toEqual(defaultLabels(["a", "b"]));
    expect(gestureOf(found, { ...found, labels: defaultLabels(["a", "b"]) })).toBe("labels");
    expect(withFound(found, found)).toBe(found);
  });
});
