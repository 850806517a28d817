import { channelCommands } from "./channel-commands.ts";
import type { Command, CommandGroup } from "./command.ts";
import { isCharacterKey, type KeyPress, keyLabel, pressNames } from "./key-press.ts";
import { labelCommands } from "./label-commands.ts";
import { pageCommands } from "./page-commands.ts";
import { planeCommands } from "./plane-commands.ts";
import { plateCommands } from "./plate-commands.ts";
import { viewCommands } from "./view-commands.ts";

/** All that the viewer can do by key and by name. */
export const commands: readonly Command[] = [
  ...viewCommands,
  ...planeCommands,
  ...channelCommands,
  ...labelCommands,
  ...plateCommands,
  ...pageCommands,
];

const commandByKey: ReadonlyMap<string, Command> = new Map(
  commands.flatMap((command) => command.keys.map((key) => [key, command] as const)),
);

/** The command of a press, if there is one. Without `singleKeys`, keys that write a character have none. */
export function commandOfPress(press: KeyPress, singleKeys: boolean): Command | undefined {
  for (const name of pressNames(press)) {
    const command = commandByKey.get(name);
    if (command !== undefined) return singleKeys || !isCharacterKey(name) ? command : undefined;
  }
  return undefined;
}

/** A line of the help. */
export type HelpLine = { readonly keys: readonly string[]; readonly title: string };

/** What the help lists of a group: commands with keys, families as one line. */
export function helpLines(group: CommandGroup, isApple: boolean): readonly HelpLine[] {
  const lines = new Map<string, HelpLine>();
  for (const { keys, title, family, group: ofGroup } of commands) {
    if (ofGroup !== group || keys.length === 0) continue;
    if (family !== undefined) lines.set(family.title, { keys: [family.keys], title: family.title });
    else lines.set(title, { keys: keys.map((key) => keyLabel(key, isApple)), title });
  }
  return [...lines.values()];
}

/** Commands whose words all begin with what was typed, those whose title begins with it first. Nothing typed: all. */
export function matchingCommands(query: string): readonly Command[] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(({ title, group }) => {
    const words = `${title} ${group}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return typed.every((part) => words.some((word) => word.startsWith(part)));
  });
  const starts = (title: string) => title.toLowerCase().startsWith(typed.join(" "));
  return [...found].sort((a, b) => Number(starts(b.title)) - Number(starts(a.title)));
}
