/** Another tool on the web that opens the same source. */
export type OtherViewer = { readonly name: string; readonly href: string };

/** Neuroglancer takes its state as JSON behind "#!"; it finds out the version of a Zarr by itself. */
function neuroglancerAddress(source: string, name: string): string {
  const state = { layers: [{ type: "image", name, source: `zarr://${source}` }] };
  return `https://neuroglancer-demo.appspot.com/#!${encodeURIComponent(JSON.stringify(state))}`;
}

/** Links to other tools for a source, each encoded for the place where it stands in the address. */
export function otherViewers(source: string, name: string): readonly OtherViewer[] {
  const encoded = encodeURIComponent(source);
  return [
    {
      name: "OME-NGFF validator",
      href: `https://ome.github.io/ome-ngff-validator/?source=${encoded}`,
    },
    { name: "Neuroglancer", href: neuroglancerAddress(source, name) },
  ];
}
