import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}

const tries = 600;

/** Resolves once a process answers by HTTP, whatever it answers. */
export async function answers(url: string, child: ChildProcess, name: string): Promise<void> {
  for (let tried = 0; tried < tries; tried++) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}.`);
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${name} does not answer.`);
}

/** Ends a process, and waits until it is gone. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill(signal);
  await gone;
}
