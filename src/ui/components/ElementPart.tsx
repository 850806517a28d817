import { elementParts } from "../../zarr/array/element-part.ts";
import { Choice } from "../kit/Choice.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

/** What is shown of each complex number or record; nothing where elements are plain numbers. */
export function ElementPart() {
  const array = useViewer(({ source }) =>
    source.status === "open" ? source.image.levels[0]?.array : undefined,
  );
  const actions = useViewerActions();
  const parts = array && elementParts(array);
  if (parts === undefined) return null;
  return (
    <div className="zs-element-part">
      <Choice
        label={parts.kind === "complex" ? "Complex numbers as" : "Show the field"}
        options={parts.names}
        value={parts.shown}
        onChange={actions.showPart}
      />
    </div>
  );
}
