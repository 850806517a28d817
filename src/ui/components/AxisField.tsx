import { type KeyboardEvent, useId, useState } from "react";
import type { Axis, ImageModel } from "../../zarr/image/image-model.ts";
import { axisPosition } from "../format/axis-position.ts";
import { parsePosition } from "../format/parse-position.ts";

type AxisFieldProps = {
  /** The axis' name as it is shown. */
  name: string;
  image: ImageModel;
  axis: Axis;
  index: number;
  onCommit: (index: number) => void;
};

/** Where an axis stands, to read and to type: "12" is the 12th plane, "5.5 µm" the plane there. Enter counts, Escape takes back. */
export function AxisField({ name, image, axis, index, onCommit }: AxisFieldProps) {
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState<string>();
  const errorId = useId();
  const position = axisPosition(image, axis, index);

  function reset() {
    setDraft(undefined);
    setError(undefined);
  }

  function commit() {
    if (draft === undefined) return;
    const parsed = parsePosition(draft, image, axis);
    if ("error" in parsed) {
      setError(parsed.error);
      return;
    }
    reset();
    onCommit(parsed.index);
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter") {
      commit();
    } else if (event.key === "Escape" && draft !== undefined) {
      event.stopPropagation();
      reset();
    }
  }

  return (
    <span className="zs-axis-field">
      <input
        className="zs-number"
        type="text"
        aria-label={`${name}, number or place`}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : errorId}
        autoComplete="off"
        spellCheck={false}
        style={{ width: `${Math.max(4, String(axis.size).length + 2)}ch` }}
        data-draft={draft !== undefined || undefined}
        value={draft ?? String(index + 1)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setError(undefined);
        }}
        onBlur={reset}
        onKeyDown={handleKey}
      />
      <span>
        /{axis.size}
        {position !== undefined && ` · ${position}`}
      </span>
      <span id={errorId} className="zs-axis-error" role="alert" hidden={error === undefined}>
        {error}
      </span>
    </span>
  );
}
