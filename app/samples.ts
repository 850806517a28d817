import type { PublicDataset, Sample } from "../src/ui/components/Landing.tsx";

/** Images that come with the viewer (scripts/samples); they need no network. */
export const samples: readonly Sample[] = [
  {
    title: "Cell monolayer",
    description:
      "Time-lapse of a dividing cell: 4 time points, 14 planes, 3 channels, nuclei as labels.",
    url: "samples/cells.zarr",
    thumbnail: "samples/cells.png",
  },
  {
    title: "Glandular tissue",
    description: "Stitched section of 8192 × 8192 px, 2 channels, sharded OME-Zarr 0.5.",
    url: "samples/tissue.zarr",
    thumbnail: "samples/tissue.png",
  },
  {
    title: "Lifetime map",
    description: "32-bit values in ns, oblong pixels, levels 3 times coarser, NaN outside.",
    url: "samples/lifetime.zarr",
    thumbnail: "samples/lifetime.png",
  },
  {
    title: "Screening plate",
    description:
      "Dose response in 96 wells: 2 fields, 3 time points, 2 channels; one well is damaged.",
    url: "samples/plate.zarr",
    thumbnail: "samples/plate.png",
  },
  {
    title: "Damaged on purpose",
    description: "Chunks cut short, a wrong checksum, missing ones, faulty metadata.",
    url: "samples/damaged.zarr",
    thumbnail: "samples/damaged.png",
  },
];

/** Of the IDR's OME-NGFF samples (https://idr.github.io/ome-ngff-samples), at the addresses written there. */
export const publicDatasets: readonly PublicDataset[] = [
  {
    title: "Mouse blastocyst, IDR 6001240",
    description: "Confocal stack of 236 planes, 2 channels. OME-NGFF 0.4.",
    url: "https://uk1s3.embassy.ebi.ac.uk/idr/zarr/v0.4/idr0062A/6001240.zarr",
  },
  {
    title: "Zebrafish, electron microscopy, IDR 4495402",
    description: "One very large plane. OME-NGFF 0.1.",
    url: "https://uk1s3.embassy.ebi.ac.uk/idr/zarr/v0.1/4495402.zarr",
  },
  {
    title: "Screening plate, IDR 5966",
    description: "A multi-well plate. OME-NGFF 0.1.",
    url: "https://uk1s3.embassy.ebi.ac.uk/idr/zarr/v0.1/plates/5966.zarr",
  },
];
