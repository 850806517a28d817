import { parseLabelsList } from "../ome/labels-list.ts";
import { groupKind } from "../ome/node-kind.ts";
import type { Problem } from "../problem.ts";
import { joinPath, type NodePath, PathError } from "../store/node-path.ts";
import type { ImageNode, NodeReader } from "./node-reader.ts";
import { omeOf } from "./node-reader.ts";
import { openFailureOf } from "./open-failure.ts";

/** A label image that there may be; whether it can be shown is known once it is opened. */
export type LabelEntry = {
  /** Path relative to the group `labels`, unique; what people and links call it. */
  readonly name: string;
  readonly path: NodePath;
};

export type FoundLabels = {
  readonly entries: readonly LabelEntry[];
  readonly problems: readonly Problem[];
};

const nothing: FoundLabels = { entries: [], problems: [] };

/**
 * The label images of the image at `imagePath`, of any version: those that its group `labels` lists (N1-08, N4-50, N5-05), then
 * those that are not listed but known to be there. Opens none of them. Never rejects: labels are optional, what goes wrong is a
 * problem.
 */
export async function findLabels(reader: NodeReader, imagePath: NodePath): Promise<FoundLabels> {
  const base = joinPath(imagePath, "labels");
  let group: ImageNode | undefined;
  try {
    group = await reader.node(base, { expect: "group", onlyFormat: "own" });
  } catch (error) {
    return { entries: [], problems: [unreadable(base, error)] };
  }
  if (group?.kind === "array") return nothing;
  const unlisted = await unlistedLabels(reader, base);
  if (group === undefined && unlisted.length === 0) return nothing;
  const entries = new Map<NodePath, LabelEntry>();
  const problems: Problem[] = [];
  if (group) {
    const { ome, namespaced, log } = omeOf(group);
    const listed = parseLabelsList(ome, namespaced, log);
    for (const name of listed ?? []) {
      const entry = entryAt(base, name, problems);
      if (entry) entries.set(entry.path, entry);
    }
    if (listed === undefined) log.warn("N4-50", "/labels", "a list of label images", undefined);
    problems.push(...group.problems, ...log.problems);
  }
  for (const path of unlisted) {
    if (entries.has(path)) continue;
    const name = path.slice(base.length + 1);
    entries.set(path, { name, path });
    problems.push({
      code: "N4-50",
      severity: "info",
      path: `${base}#/labels`,
      expected: "every label image in the list",
      received: `"${name}" beside it`,
    });
  }
  return { entries: [...entries.values()], problems };
}

/** Images below the group `labels` that are known without asking a server for each. */
async function unlistedLabels(reader: NodeReader, base: NodePath): Promise<readonly NodePath[]> {
  const found: NodePath[] = [];
  for (const path of (await reader.groupsBelow?.(base)) ?? []) {
    try {
      const node = await reader.node(path, { expect: "group" });
      if (node?.kind === "group" && groupKind(node.attributes).kind === "multiscales") {
        found.push(path);
      }
    } catch {
      // Not listed and not readable: nobody misses it.
    }
  }
  return found.sort();
}

function entryAt(base: NodePath, name: string, problems: Problem[]): LabelEntry | undefined {
  try {
    const path = joinPath(base, name);
    return path === base ? undefined : { name: path.slice(base.length + 1), path };
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    problems.push({
      code: "ZS-PATH",
      severity: "warning",
      path: `${base}#/labels`,
      expected: "paths that stay inside the group",
      received: error.message,
    });
    return undefined;
  }
}

function unreadable(base: NodePath, error: unknown): Problem {
  const { code, title } = openFailureOf(error);
  return {
    code,
    severity: "warning",
    path: `${base}#`,
    expected: "a group of label images, or nothing",
    received: title,
  };
}
