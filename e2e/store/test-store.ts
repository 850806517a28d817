import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer } from "./answer.ts";
import { type ContentSource, filesSource, folderSource, foldersSource } from "./content-source.ts";
import { type LogFilter, type LoggedRequest, RequestLog } from "./request-log.ts";
import { createScenario, type Rule, type Scenario } from "./scenario.ts";
import type { VirtualImage } from "./virtual-image.ts";
import { type VirtualPlate, virtualPlateSource } from "./virtual-plate.ts";
import { virtualSource } from "./virtual-source.ts";

/**
 * A server of arrays that can be made to fail. Anything that was defined under a name is at `/<name>/<key>`, and under
 * the rules of a scenario at `/s/<scenario>/<name>/<key>`, on every origin.
 */
export interface TestStore {
  /** "http://127.0.0.1:<port>", one per origin. */
  readonly origins: readonly string[];
  /** The same servers as another site: "http://localhost:<port>". */
  readonly localhostOrigins: readonly string[];
  /** URL of a defined name's root, without a trailing slash. */
  url(name: string, options?: { readonly scenario?: string; readonly origin?: number }): string;
  defineVirtual(name: string, image: VirtualImage): void;
  /** A plate whose fields are virtual images. */
  definePlate(name: string, plate: VirtualPlate): void;
  /** Virtual images, each below a folder of one name, and files beside them. */
  defineCollection(
    name: string,
    images: Readonly<Record<string, VirtualImage>>,
    files: Readonly<Record<string, unknown>>,
  ): void;
  /** Files of a folder of the disk. */
  defineFolder(name: string, folder: string): void;
  /** Files written down in the test: bytes, text, or anything that JSON can hold. */
  defineFiles(name: string, files: Readonly<Record<string, unknown>>): void;
  /** A later call with the same name replaces the rules and starts their counters again. */
  setScenario(
    name: string,
    rules: Rule | readonly Rule[],
    options?: { readonly seed?: number },
  ): void;
  /** Requests in order of arrival, the ones under way included. */
  log(filter?: LogFilter): LoggedRequest[];
  /** Empties the log and restarts the counters of all scenarios. */
  clearLog(): void;
  /** Most requests under way at once since the log was cleared. */
  maxInFlight(filter?: LogFilter): number;
  close(): Promise<void>;
}

const healthy: Scenario = createScenario([]);

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a stray "%": the raw text is what was asked for
  }
}

/** Splits a request's path into scenario, name and key. */
function parseTarget(url: string): { scenario: string; store: string; key: string } {
  const segments = url
    .replace(/[?#].*$/, "")
    .split("/")
    .slice(1)
    .map(decodeSegment);
  const scenario = segments[0] === "s" ? (segments[1] ?? "") : "";
  const [store = "", ...key] = segments[0] === "s" ? segments.slice(2) : segments;
  return { scenario, store, key: key.join("/") };
}

/** Starts servers on free ports of 127.0.0.1, one per origin; HTTP/1.1 with keep-alive. */
export async function startStore({ origins = 2 }: { origins?: number } = {}): Promise<TestStore> {
  const sources = new Map<string, ContentSource>();
  const definedAtMs = new Map<string, number>();
  const scenarios = new Map<string, Scenario>();
  const log = new RequestLog();

  async function handle(origin: number, request: IncomingMessage, response: ServerResponse) {
    const url = request.url ?? "/";
    const target = parseTarget(url);
    const { method = "GET", headers } = request;
    const { range } = headers;
    const entry = log.start({ origin, method, url, ...target, range, headers });
    // A preflight never has them.
    const credentials =
      method === "OPTIONS" ? "" : `${url.split("?")[1] ?? ""} ${headers.authorization ?? ""}`;
    const scenario = target.scenario === "" ? healthy : scenarios.get(target.scenario);
    const effect =
      scenario === undefined
        ? { status: 404 }
        : scenario.effectOn(target.key, range !== undefined, credentials);
    let isAnswered = false;
    response.on("close", () => {
      // A fault that we caused ourselves is not the reader's abort.
      const isOurs = isAnswered || effect.resetAt !== undefined || effect.cut !== undefined;
      entry.aborted = !response.writableFinished && !isOurs;
      log.end(entry);
    });
    try {
      const read = async () => sources.get(target.store)?.read(target.key);
      await answer(request, response, entry, effect, read, definedAtMs.get(target.store));
    } catch (error) {
      isAnswered = true;
      console.error(`test store: ${method} ${url}:`, error);
      response.destroy();
    }
  }

  const servers: Server[] = [];
  const ports: number[] = [];
  for (let origin = 0; origin < origins; origin++) {
    const server = createServer((request, response) => void handle(origin, request, response));
    server.keepAliveTimeout = 65_000;
    server.requestTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
    ports.push((server.address() as AddressInfo).port);
  }
  const bases = ports.map((port) => `http://127.0.0.1:${port}`);

  const define = (name: string, source: ContentSource): void => {
    if (name === "s" || !/^[\w.-]+$/.test(name)) throw new Error(`Not a store name: "${name}".`);
    sources.set(name, source);
    definedAtMs.set(name, Date.now());
  };

  return {
    origins: bases,
    localhostOrigins: ports.map((port) => `http://localhost:${port}`),
    url(name, { scenario, origin = 0 } = {}) {
      if (!sources.has(name)) throw new Error(`Nothing is defined as "${name}".`);
      if (scenario === undefined) return `${bases[origin]}/${name}`;
      if (!scenarios.has(scenario)) throw new Error(`There is no scenario "${scenario}".`);
      return `${bases[origin]}/s/${scenario}/${name}`;
    },
    defineVirtual: (name, image) => define(name, virtualSource(image)),
    definePlate: (name, plate) => define(name, virtualPlateSource(plate)),
    defineCollection(name, images, files) {
      const parts = Object.entries(images).map(([path, image]) => [path, virtualSource(image)]);
      define(name, foldersSource({ ...Object.fromEntries(parts), "": filesSource(files) }));
    },
    defineFolder: (name, folder) => define(name, folderSource(folder)),
    defineFiles: (name, files) => define(name, filesSource(files)),
    setScenario(name, rules, { seed } = {}) {
      if (!/^[\w.-]+$/.test(name)) throw new Error(`Not a scenario name: "${name}".`);
      scenarios.set(name, createScenario(Array.isArray(rules) ? rules : [rules as Rule], seed));
    },
    log: (filter) => log.entries(filter),
    clearLog() {
      log.clear();
      for (const scenario of scenarios.values()) scenario.reset();
    },
    maxInFlight: (filter) =>
      log.entries(filter).reduce((most, { inFlight }) => Math.max(most, inFlight), 0),
    async close() {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}
