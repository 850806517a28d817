/** What stands around an image: of no use on the start page, so it is loaded beside the first metadata. */
export const loadViewer = () => import("./Viewer.tsx");
