import { formatBytes } from "../../../src/ui/format/format-number.ts";

/** Where progress is told: a terminal keeps one line up to date, a file or pipe gets a line now and then. */
export type ProgressOutput = {
  readonly isTTY?: boolean;
  write(text: string): unknown;
};

/** Short reads say nothing. */
const quietMs = 700;
const terminalMs = 100;
const logMs = 10_000;

/** Tells of a read that takes long: "1200 of 3072 chunks, 39 %, 84 MB". */
export class ProgressLine {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  readonly #started: number;
  #last: number;
  #isShown = false;

  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    this.#started = now();
    this.#last = Number.NEGATIVE_INFINITY;
  }

  /** `bytes` of elements are done. */
  update(done: number, total: number, bytes: number): void {
    const now = this.#now();
    const [quiet, interval] = this.#output.isTTY ? [quietMs, terminalMs] : [logMs, logMs];
    if (now - this.#started < quiet || now - this.#last < interval) return;
    this.#last = now;
    const percent = Math.floor((100 * done) / Math.max(1, total));
    const text = `${done} of ${total} chunks, ${percent} %, ${formatBytes(bytes)}`;
    this.#output.write(this.#output.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
    this.#isShown = true;
  }

  /** Nothing of it stays on a terminal. */
  clear(): void {
    if (this.#isShown && this.#output.isTTY) this.#output.write("\r\u001b[2K");
    this.#isShown = false;
  }
}
