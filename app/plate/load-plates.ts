/** Most sources are no plate: what shows one is loaded when it is found. */
export const loadPlates = () => import("./plates.ts");
