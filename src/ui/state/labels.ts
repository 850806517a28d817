/** How labels lie over the image: as areas, or as lines inside of their borders. */
export type LabelStyle = "fill" | "outline";

/** How one label image is shown, as the user sets it and links carry it. */
export type LabelSettings = {
  /** Path below the group `labels`; unique. */
  readonly name: string;
  readonly visible: boolean;
  /** 0 … 1 */
  readonly opacity: number;
  readonly style: LabelStyle;
};

export type LabelChange = Partial<Omit<LabelSettings, "name">>;

/** Areas let the image through, lines need not. */
export const defaultOpacity: Readonly<Record<LabelStyle, number>> = { fill: 0.5, outline: 1 };

/** An opacity that can be drawn, in hundredths; undefined for what is no number. */
export function usableOpacity(opacity: number): number | undefined {
  if (!Number.isFinite(opacity)) return undefined;
  return Math.round(Math.max(0, Math.min(1, opacity)) * 100) / 100;
}

/** Labels as they are before anybody asks for them: not shown. */
export function defaultLabels(names: readonly string[]): readonly LabelSettings[] {
  return names.map((name) => ({
    name,
    visible: false,
    opacity: defaultOpacity.fill,
    style: "fill",
  }));
}

/** Changes one label image's settings. An opacity that was never chosen goes with the style. */
export function withLabel(
  labels: readonly LabelSettings[],
  name: string,
  change: LabelChange,
): readonly LabelSettings[] {
  return labels.map((label) => (label.name === name ? changed(label, change) : label));
}

function changed(label: LabelSettings, change: LabelChange): LabelSettings {
  const style = change.style ?? label.style;
  const isChosen = label.opacity !== defaultOpacity[label.style];
  const kept = isChosen ? label.opacity : defaultOpacity[style];
  const opacity =
    (change.opacity === undefined ? undefined : usableOpacity(change.opacity)) ?? kept;
  return { ...label, visible: change.visible ?? label.visible, style, opacity };
}

/**
 * Hides all labels, or shows them again: those of `lastShown`, else the first one.
 * @param lastShown names of what was shown before all was hidden
 */
export function withLabelsToggled(
  labels: readonly LabelSettings[],
  lastShown: readonly string[],
): readonly LabelSettings[] {
  if (labels.some(({ visible }) => visible)) {
    return labels.map((label) => ({ ...label, visible: false }));
  }
  const wanted = labels.some(({ name }) => lastShown.includes(name))
    ? lastShown
    : labels.slice(0, 1).map(({ name }) => name);
  return labels.map((label) => ({ ...label, visible: wanted.includes(label.name) }));
}

/**
 * The label images that were found, in their order, with the settings that they have already; behind them those that a link names and
 * nobody lists, which may be there all the same.
 */
export function withFoundNames(
  labels: readonly LabelSettings[],
  names: readonly string[],
): readonly LabelSettings[] {
  const found = defaultLabels(names).map(
    (label) => labels.find(({ name }) => name === label.name) ?? label,
  );
  return [...found, ...labels.filter(({ name }) => !names.includes(name))];
}

/** The labels whose own address was opened, if any were, are shown, whatever a link says of others. */
export function withOwnLabel(
  labels: readonly LabelSettings[],
  name: string | undefined,
): readonly LabelSettings[] {
  if (name === undefined) return labels;
  const names = labels.map((label) => label.name);
  return withLabel(withFoundNames(labels, [...new Set([...names, name])]), name, { visible: true });
}

/** Labels as a link has them: those that it names are shown as it says, all others are hidden. */
export function withLinkedLabels(
  labels: readonly LabelSettings[],
  linked: readonly LabelSettings[],
): readonly LabelSettings[] {
  const known = labels.map(
    (label) => linked.find(({ name }) => name === label.name) ?? { ...label, visible: false },
  );
  return [...known, ...linked.filter(({ name }) => !labels.some((label) => label.name === name))];
}
