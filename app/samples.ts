import type { Sample } from "../src/ui/components/Landing.tsx";

/** Images that come with the viewer (scripts/samples); they need no network. */
export const samples: readonly Sample[] = [
  {
    title: "Cell monolayer",
    description:
      "Time-lapse of dividing cells: 4 frames, 14 planes, 3 channels. OME-Zarr 0.5, sharded.",
    url: "samples/cells.zarr",
  },
];
