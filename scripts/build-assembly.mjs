// Compiles assembly/ to WebAssembly, which is committed: AssemblyScript (94 MB installed) is fetched only for this.
// With --check nothing is written; it fails where what is committed is not what the source gives, byte for byte.
//
//   node scripts/build-assembly.mjs [--check]

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assemblyHash } from "./assembly-hash.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = `${root}src/zarr/codecs/wasm/block-decoders.generated.ts`;
const compiler = "assemblyscript@0.28.20";

const folder = mkdtempSync(join(tmpdir(), "assembly-"));
try {
  const outFile = join(folder, "block-decoders.wasm");
  const options = ["-O3", "--runtime", "stub", "--noAssert", "--enable", "simd"];
  execFileSync(
    "npx",
    ["--yes", "--package", compiler, "asc", "index.ts", ...options, "--outFile", outFile],
    { cwd: `${root}assembly`, stdio: ["ignore", "inherit", "inherit"] },
  );
  const binary = readFileSync(outFile);
  const text = [
    `// assembly/ as ${compiler} compiles it (scripts/build-assembly.mjs): ${binary.length} bytes of WebAssembly.`,
    `export const assemblyHash = "${assemblyHash()}";`,
    "export const blockDecoders =",
    `  "${binary.toString("base64")}";`,
    "",
  ].join("\n");
  if (!process.argv.includes("--check")) writeFileSync(generated, text);
  else if (readFileSync(generated, "utf8") !== text)
    throw new Error("assembly/ gives other bytes.");
} finally {
  rmSync(folder, { recursive: true });
}
