import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const assembly = new URL("../assembly/", import.meta.url);

/** SHA-256 of the names and texts of all sources in assembly/. */
export function assemblyHash() {
  const hash = createHash("sha256");
  for (const name of readdirSync(assembly).sort()) {
    if (name.endsWith(".ts")) hash.update(`${name}\n${readFileSync(new URL(name, assembly))}\n`);
  }
  return hash.digest("hex");
}
