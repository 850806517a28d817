import type { ViewerState } from "../../src/ui/state/viewer-state.ts";
import { fakeChannel, fakeImage } from "../../src/ui/testing/fake-image.ts";
import { fakeStage, openState } from "../../src/ui/testing/fake-viewer.ts";

const url = "https://uk1s3.embassy.ebi.ac.uk/idr/zarr/v0.4/idr0062A/6001240.zarr";

const problems = [
  {
    code: "N4-08",
    severity: "warning",
    path: ".zattrs#/multiscales/0/axes/1/unit",
    expected: "a UDUNITS-2 length",
    received: "“micron”",
  },
  {
    code: "N4-35",
    severity: "info",
    path: ".zattrs#/omero/channels/1/window",
    expected: "min, max, start and end",
    received: "no max",
  },
] as const;

const cursor = {
  world: [135.2, 16.92],
  indexPx: [375.6, 47.2],
  readout: {
    level: 1,
    values: [
      { channel: 0, value: 412 },
      { channel: 1, value: 1034 },
    ],
  },
  labels: [],
} as const;

const many = fakeImage({
  name: "A very long name of an image from a plate that nobody would have chosen, field 12 <b>not bold</b>",
  channels: Array.from({ length: 40 }, (_, index) =>
    fakeChannel(index, {
      label: index === 2 ? "An antibody with a name too long for its row" : `Marker ${index + 1}`,
      color: ["FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF"][index % 5] ?? "FFFFFF",
      visible: index < 5,
      ...(index === 3 ? { window: undefined } : {}),
    }),
  ),
});

/** States of the page worth looking at, by name. */
export const labStates: ReadonlyMap<string, Partial<ViewerState>> = new Map<
  string,
  Partial<ViewerState>
>([
  ["empty", {}],
  ["opening", { source: { status: "opening", url } }],
  [
    "open",
    { ...openState(fakeImage({ problems })), cursor, transfer: { requests: 31, bytes: 6_123_000 } },
  ],
  [
    "trouble",
    {
      ...openState(many),
      cursor,
      notices: ["The link asks for z 400; the image has 236, so 236 is shown."],
      stage: { ...fakeStage, tiles: { ...fakeStage.tiles, pending: 8, corrupt: 2, denied: 1 } },
    },
  ],
  [
    "failed",
    {
      source: {
        status: "failed",
        url,
        failure: {
          code: "ZS-CORS",
          title: "This server does not allow other sites to read it (CORS).",
          detail: `Tried ${url}/zarr.json\nThe server answered, but without Access-Control-Allow-Origin.`,
          action:
            "Whoever runs uk1s3.embassy.ebi.ac.uk can allow GET and HEAD from any origin in the settings of the bucket.",
        },
      },
    },
  ],
]);
