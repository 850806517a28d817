import { type KeyboardEvent, useId, useState } from "react";
import type { Chrome, Command } from "../commands/command.ts";
import { matchingCommands } from "../commands/commands.ts";
import { keyLabel } from "../commands/key-press.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import { isApplePlatform } from "./platform.ts";

type CommandPaletteProps = { open: boolean; onClose: () => void; chrome: Chrome };

const steps: ReadonlyMap<string, number> = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
  ["PageDown", 8],
  ["PageUp", -8],
]);

/** Everything the viewer can do, found by its name. */
export function CommandPalette({ open, onClose, chrome }: CommandPaletteProps) {
  return (
    <Dialog title="All commands" isTitleHidden open={open} onClose={onClose}>
      <CommandSearch onClose={onClose} chrome={chrome} />
    </Dialog>
  );
}

function CommandSearch({ onClose, chrome }: Omit<CommandPaletteProps, "open">) {
  const [query, setQuery] = useState("");
  const [position, setPosition] = useState(0);
  const store = useViewerStore();
  const actions = useViewerActions();
  const id = useId();
  const isApple = isApplePlatform();
  const found = matchingCommands(query);
  const active = found[Math.min(position, found.length - 1)];
  const optionId = (command: Command) => `${id}-${command.id}`;

  function run(command: Command | undefined) {
    if (command === undefined) return;
    onClose();
    command.run({ state: store.getState(), actions, chrome, byKey: false });
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter") {
      event.preventDefault();
      run(active);
      return;
    }
    const step = steps.get(event.key);
    if (step === undefined || found.length === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(found.length - 1, position + step));
    setPosition(next);
    const option = found[next];
    if (option) document.getElementById(optionId(option))?.scrollIntoView({ block: "nearest" });
  }

  return (
    <>
      <input
        className="zs-text-input zs-command-input"
        type="text"
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={active && optionId(active)}
        aria-autocomplete="list"
        placeholder="Find a command"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setPosition(0);
        }}
        onKeyDown={handleKey}
      />
      <div id={id} className="zs-command-list" role="listbox" aria-label="Commands">
        {found.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as in every combobox
          <div
            key={command.id}
            id={optionId(command)}
            className="zs-command"
            role="option"
            tabIndex={-1}
            aria-selected={command === active}
            onClick={() => run(command)}
          >
            <span>{command.title}</span>
            {command.keys[0] !== undefined && <kbd>{keyLabel(command.keys[0], isApple)}</kbd>}
          </div>
        ))}
      </div>
      <p className="zs-command-none" role="status">
        {found.length === 0 && "No command of this name."}
      </p>
    </>
  );
}
