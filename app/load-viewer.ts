type ViewerCode = typeof import("./Viewer.tsx");

let code: ViewerCode | undefined;

/** What stands around an image: of no use on the start page, so it is loaded beside the first metadata. */
export async function loadViewer(): Promise<ViewerCode> {
  code = await import("./Viewer.tsx");
  return code;
}

/** That code, if it has been loaded. */
export function loadedViewer(): ViewerCode | undefined {
  return code;
}
