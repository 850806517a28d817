/** A unit of length: what to print behind a number, and its size in metres. */
export type LengthUnit = { readonly symbol: string; readonly metres: number };

/** The 26 lengths of OME-NGFF 0.4 (UDUNITS-2 names): name, symbol, metres. */
const lengths: readonly (readonly [string, string, number])[] = [
  ["angstrom", "Å", 1e-10],
  ["attometer", "am", 1e-18],
  ["centimeter", "cm", 1e-2],
  ["decimeter", "dm", 1e-1],
  ["exameter", "Em", 1e18],
  ["femtometer", "fm", 1e-15],
  ["foot", "ft", 0.3048],
  ["gigameter", "Gm", 1e9],
  ["hectometer", "hm", 1e2],
  ["inch", "in", 0.0254],
  ["kilometer", "km", 1e3],
  ["megameter", "Mm", 1e6],
  ["meter", "m", 1],
  ["micrometer", "µm", 1e-6],
  ["mile", "mi", 1609.344],
  ["millimeter", "mm", 1e-3],
  ["nanometer", "nm", 1e-9],
  ["parsec", "pc", 3.085677581491367e16],
  ["petameter", "Pm", 1e15],
  ["picometer", "pm", 1e-12],
  ["terameter", "Tm", 1e12],
  ["yard", "yd", 0.9144],
  ["yoctometer", "ym", 1e-24],
  ["yottameter", "Ym", 1e24],
  ["zeptometer", "zm", 1e-21],
  ["zettameter", "Zm", 1e21],
];

/** The 23 times of OME-NGFF 0.4: name, symbol. */
const times: readonly (readonly [string, string])[] = [
  ["attosecond", "as"],
  ["centisecond", "cs"],
  ["day", "d"],
  ["decisecond", "ds"],
  ["exasecond", "Es"],
  ["femtosecond", "fs"],
  ["gigasecond", "Gs"],
  ["hectosecond", "hs"],
  ["hour", "h"],
  ["kilosecond", "ks"],
  ["megasecond", "Ms"],
  ["microsecond", "µs"],
  ["millisecond", "ms"],
  ["minute", "min"],
  ["nanosecond", "ns"],
  ["petasecond", "Ps"],
  ["picosecond", "ps"],
  ["second", "s"],
  ["terasecond", "Ts"],
  ["yoctosecond", "ys"],
  ["yottasecond", "Ys"],
  ["zeptosecond", "zs"],
  ["zettasecond", "Zs"],
];

/** Spellings that writers use and no rule derives (N4-08). Symbols are case-sensitive: "Mm" is not "mm". */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["micron", "micrometer"],
  ["um", "micrometer"],
  ["μm", "micrometer"],
  ["ångström", "angstrom"],
  ["ångstrom", "angstrom"],
  ["Å", "angstrom"],
  ["feet", "foot"],
  ["inches", "inch"],
  ["us", "microsecond"],
  ["μs", "microsecond"],
  ["sec", "second"],
]);

const lengthByName: ReadonlyMap<string, LengthUnit> = new Map(
  lengths.map(([name, symbol, metres]) => [name, { symbol, metres }]),
);
const symbolByName: ReadonlyMap<string, string> = new Map([
  ...lengths.map(([name, symbol]) => [name, symbol] as const),
  ...times,
]);
const nameBySymbol: ReadonlyMap<string, string> = new Map(
  [...symbolByName].map(([name, symbol]) => [symbol, name]),
);

/** The length that a unit's name, plural, British spelling or symbol stands for; `undefined` for all else ("pixel"). */
export function lengthUnit(unit: string | undefined): LengthUnit | undefined {
  const name = unit === undefined ? undefined : unitName(unit);
  return name === undefined ? undefined : lengthByName.get(name);
}

/** What to print behind a number: the symbol of a known length or time, else the unit as it is spelled. */
export function unitSymbol(unit: string): string {
  const name = unitName(unit);
  return (name === undefined ? undefined : symbolByName.get(name)) ?? unit;
}

function unitName(unit: string): string | undefined {
  const text = unit.trim();
  const bySymbol = nameBySymbol.get(text) ?? synonyms.get(text);
  if (bySymbol !== undefined) return bySymbol;
  const lower = text.toLowerCase();
  for (const spelling of [lower, lower.replace(/s$/, "")]) {
    const name = synonyms.get(spelling) ?? spelling.replace(/metre$/, "meter");
    if (symbolByName.has(name)) return name;
  }
  return undefined;
}
