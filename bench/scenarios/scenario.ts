import type { Browser } from "@playwright/test";
import type { TestStore } from "../../e2e/store/test-store.ts";

export type BenchAddresses = { readonly app: string; readonly pages: string };

/** What a scenario is given: `scenario` names the store's latency. */
export type BenchContext = {
  readonly browser: Browser;
  readonly store: TestStore;
  readonly addresses: BenchAddresses;
  readonly scenario: string;
};

/** One step of one run: times in milliseconds, and counts by name. Those that a step does not have are left out. */
export type ScenarioRow = { readonly step: string } & Readonly<Record<string, number | string>>;

/** A scenario is run as often as the bench says; rows of one step are then joined by their medians. */
export type Scenario = {
  readonly name: string;
  measure(context: BenchContext): Promise<readonly ScenarioRow[]>;
};
