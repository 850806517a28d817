/** The parts of `window.zarrscope` that tests use; written down here so that a change of the API breaks a test. */
export type TileCounts = {
  data: number;
  fill: number;
  pending: number;
  denied: number;
  error: number;
  corrupt: number;
  unverifiable: number;
};

export type AutomationChannel = {
  index: number;
  label: string;
  visible: boolean;
  /** Six hex digits. */
  color: string;
  window: { start: number; end: number; min: number; max: number };
};

export type AutomationState = {
  source: string;
  view: { target: [number, number]; zoom: number };
  selection: Record<string, number>;
  channels: AutomationChannel[];
};

/** What `setState` takes: any part of the state; channels are matched by index. */
export type AutomationChange = {
  source?: string;
  view?: { target?: [number, number]; zoom?: number };
  selection?: Record<string, number>;
  channels?: (Partial<Omit<AutomationChannel, "window">> & {
    index: number;
    window?: Partial<AutomationChannel["window"]>;
  })[];
};

export type AutomationReadout = {
  level: number;
  values: { channel: number; value: number | string | null }[];
};

export type Automation = {
  readonly version: string;
  settled(): Promise<{ tiles: TileCounts }>;
  getState(): AutomationState;
  setState(change: AutomationChange): Promise<unknown>;
  valueAt(at: { x: number; y: number }): Promise<AutomationReadout | undefined>;
  stats(): Record<string, unknown>;
};

/** The page's `window`, as code that runs in the page sees it. */
export type AutomationWindow = typeof globalThis & { zarrscope: Automation };
