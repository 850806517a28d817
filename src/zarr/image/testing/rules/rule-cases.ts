import type { RuleCase } from "./rule-case.ts";
import { rules01 } from "./rules-0.1.ts";
import { rules04 } from "./rules-0.4.ts";
import { rules05 } from "./rules-0.5.ts";
import { rules06 } from "./rules-0.6.ts";
import { rules09 } from "./rules-0.9.ts";
import { rulesAxes } from "./rules-axes.ts";
import { rulesColours } from "./rules-colours.ts";
import { rulesGroups } from "./rules-groups.ts";
import { rulesLabels } from "./rules-labels.ts";
import { rulesOmero } from "./rules-omero.ts";
import { rulesPlates } from "./rules-plates.ts";
import { rulesTransformations } from "./rules-transformations.ts";
import { rulesVersions } from "./rules-versions.ts";

/** All statements of the checklist that are shown by an input of their own. */
export const ruleCases: readonly RuleCase[] = [
  ...rulesVersions,
  ...rules01,
  ...rulesAxes,
  ...rules04,
  ...rulesOmero,
  ...rulesColours,
  ...rulesLabels,
  ...rulesPlates,
  ...rulesGroups,
  ...rules05,
  ...rules06,
  ...rulesTransformations,
  ...rules09,
];
