import { RadioRow } from "../kit/RadioRow.tsx";
import { Section } from "../kit/Section.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

/** The coordinate systems that the metadata place the image in, to choose from. Absent where there is one only. */
export function SystemChooser() {
  const image = useViewer(({ source }) => (source.status === "open" ? source.image : undefined));
  const actions = useViewerActions();
  const systems = image?.systems;
  if (image?.system === undefined || systems === undefined) return null;
  return (
    <Section title="Coordinate system" defaultOpen>
      <RadioRow
        label="Shown in"
        options={systems.map(({ name }) => ({ value: name, label: name }))}
        value={image.system}
        onChange={(name) => actions.setSystem(name)}
      />
    </Section>
  );
}
