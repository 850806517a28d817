/** What shows a plate, as one piece of code to load. */
export { openPlate } from "./open-plate.ts";
export { PlateSession } from "./plate-session.ts";
