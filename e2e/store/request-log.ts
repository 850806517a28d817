/** One request as the server saw it. Times in milliseconds of `performance.now()`. */
export type LoggedRequest = {
  readonly id: number;
  /** Index into the store's `origins`. */
  readonly origin: number;
  readonly method: string;
  /** Raw path and query, as it stood in the request line. */
  readonly url: string;
  /** "" without one. */
  readonly scenario: string;
  readonly store: string;
  /** Percent-decoded path below the store's name. */
  readonly key: string;
  /** The Range header. */
  readonly range: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly startMs: number;
  /** Requests under way at `startMs`, this one included. */
  readonly inFlight: number;
  /** undefined while under way. */
  endMs: number | undefined;
  /** 0 until a status was sent. */
  status: number;
  /** Body bytes handed to the connection. */
  bytesSent: number;
  /** The reader closed the connection before it had everything. */
  aborted: boolean;
};

export type LogFilter = {
  readonly scenario?: string;
  readonly store?: string;
  readonly method?: string;
  /** Tests the key. */
  readonly key?: RegExp;
};

/** All requests since the last `clear`. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #underWay = 0;
  #nextId = 0;

  start(
    request: Omit<
      LoggedRequest,
      "id" | "startMs" | "inFlight" | "endMs" | "status" | "bytesSent" | "aborted"
    >,
  ): LoggedRequest {
    this.#underWay += 1;
    const entry: LoggedRequest = {
      ...request,
      id: this.#nextId++,
      startMs: performance.now(),
      inFlight: this.#underWay,
      endMs: undefined,
      status: 0,
      bytesSent: 0,
      aborted: false,
    };
    this.#entries.push(entry);
    return entry;
  }

  end(entry: LoggedRequest): void {
    if (entry.endMs !== undefined) return;
    entry.endMs = performance.now();
    this.#underWay -= 1;
  }

  entries(filter: LogFilter = {}): LoggedRequest[] {
    return this.#entries.filter(
      (entry) =>
        (filter.scenario === undefined || entry.scenario === filter.scenario) &&
        (filter.store === undefined || entry.store === filter.store) &&
        (filter.method === undefined || entry.method === filter.method) &&
        (filter.key === undefined || filter.key.test(entry.key)),
    );
  }

  /** Requests that are under way go on being counted, but are no longer listed. */
  clear(): void {
    this.#entries = [];
  }
}
