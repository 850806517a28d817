import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const project = mkdtempSync(join(tmpdir(), "zarrscope-embed-"));
afterAll(() => rmSync(project, { recursive: true }));

/** What the compiler says, one line for each fault. */
function compile(...args: string[]): string[] {
  const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
  const { stdout } = spawnSync(process.execPath, [compiler, ...args], {
    cwd: project,
    encoding: "utf8",
  });
  return stdout.split("\n").filter((line) => line.includes("error TS"));
}

it("the types of zarrscope/embed stand for themselves, in a project with none of our sources", {
  timeout: 60_000,
}, () => {
  const types = join(project, "node_modules/zarrscope/dist/embed");
  mkdirSync(types, { recursive: true });
  const config = fileURLToPath(new URL(".", import.meta.url));
  // As `npm run build` writes them.
  expect(compile("--project", config, "--outDir", types)).toEqual([]);
  const write = (file: string, content: object | string) =>
    writeFileSync(
      join(project, file),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  write("node_modules/zarrscope/package.json", {
    name: "zarrscope",
    type: "module",
    exports: { "./embed": { types: "./dist/embed/connect.d.ts" } },
  });
  write("tsconfig.json", {
    compilerOptions: {
      module: "nodenext",
      target: "es2022",
      lib: ["es2022", "dom"],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
    },
    files: ["page.mts"],
  });
  write(
    "page.mts",
    `import { connect, type FrameState, type ShownChannel } from "zarrscope/embed";
    const viewer = await connect(document.createElement("iframe"), { timeoutMs: 1000 });
    const { view, labels, well }: FrameState = await viewer.getState();
    const channel: ShownChannel | undefined = (await viewer.getState()).channels[0];
    await viewer.setState({ view: { zoom: (view?.zoom ?? 0) + 1 }, well, labels: labels ?? [] });
    viewer.on("hover", (at) => at?.values?.values.map(({ value }) => value));
    const blob: Blob = await viewer.screenshot({ scale: 2 });
    const gamma: string | undefined = channel?.gamma;
    await viewer.setState({ zoom: blob.size });`,
  );
  expect(compile()).toEqual([
    expect.stringMatching(/^page.mts\(8,.*'number' is not assignable to type 'string'/),
    expect.stringMatching(/^page.mts\(9,.*'zoom' does not exist in type 'FrameStateChange'/),
  ]);
});
