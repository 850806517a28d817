import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { basename, join } from "node:path";
import { createStaticServer, listen } from "../../../scripts/static-server.mjs";
import { openHierarchy } from "../../../src/zarr/hierarchy/hierarchy.ts";
import { notFound } from "../../../src/zarr/image/no-image-failures.ts";
import { MetadataError } from "../../../src/zarr/problem.ts";
import { DirectoryStore } from "../../../src/zarr/store/directory-store.ts";
import { encodeSegment } from "../../../src/zarr/store/http-root.ts";
import { rootPath } from "../../../src/zarr/store/node-path.ts";
import { DataError, UsageError } from "../exit-code.ts";
import { failureOf } from "../failure.ts";
import { isAddress, zarrFolder } from "../source.ts";

export type OpenViewer = {
  /** The viewer's address with the folder as its source. */
  readonly url: string;
  close(): void;
};

/**
 * Serves the built viewer in `viewerFolder` and the Zarr at `path` on one origin of this machine, for this machine alone.
 * @throws UsageError; DataError if there is no Zarr
 */
export async function openViewer(
  path: string,
  wantedPort: number,
  viewerFolder: string,
): Promise<OpenViewer> {
  if (isAddress(path)) {
    throw new UsageError(
      "open takes a folder of this machine; paste an address into the viewer itself.",
    );
  }
  const folder = await zarrFolder(path);
  if (!existsSync(join(viewerFolder, "index.html"))) {
    throw new UsageError("The viewer is not built yet: npm run build.");
  }
  await checkIsZarr(folder);
  const name = encodeSegment(basename(folder) || "root");
  const server = await createStaticServer({
    root: viewerFolder,
    dataFolders: { [`/data/${name}`]: folder },
    isPrivate: true,
  });
  const port = await listen(server, wantedPort);
  const source = encodeURIComponent(`data/${name}`);
  return {
    url: `http://127.0.0.1:${port}/?source=${source.replaceAll("%2F", "/")}`,
    close: () => close(server),
  };
}

/** Else anybody's home would be served by a slip of the fingers. What is a Zarr but broken, the viewer has words for. */
async function checkIsZarr(folder: string): Promise<void> {
  const hierarchy = openHierarchy(new DirectoryStore(folder));
  const node = await hierarchy.node(rootPath).catch((error: unknown) => {
    if (error instanceof MetadataError) return error;
    const { title, detail } = failureOf(error);
    throw new DataError(`${title}\n${detail}`);
  });
  if (node !== undefined) return;
  const { title, detail } = notFound(rootPath, hierarchy.attempts);
  throw new DataError(`${title}\n${detail}\nGive the folder that holds one of these files.`);
}

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}
