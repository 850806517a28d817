/** An object-store address for tools that want one: `s3://bucket/key`, and the end point if it is not Amazon's. */
export type S3Address = { readonly url: string; readonly endpoint: string | undefined };

/** The `s3://` form of an https address, where the host says that it is one of an object store; undefined elsewhere. */
export function s3AddressOf(source: string): S3Address | undefined {
  let url: URL;
  try {
    url = new URL(source);
  } catch {
    return undefined;
  }
  if (url.search !== "") return undefined;
  const path = decoded(url.pathname.slice(1));
  if (path === undefined || path === "") return undefined;
  const { hostname } = url;
  const bucketHost = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.exec(hostname);
  if (bucketHost !== null) return { url: `s3://${bucketHost[1]}/${path}`, endpoint: undefined };
  if (/^s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.test(hostname)) {
    return { url: `s3://${path}`, endpoint: undefined };
  }
  const isS3Host = /^(?:[a-z0-9-]*s3|s3[.-].*)\..+\.[a-z]+$/.test(hostname);
  return isS3Host && path.includes("/") ? { url: `s3://${path}`, endpoint: url.origin } : undefined;
}

/** Lines of Python that open a source with zarr-python 3; `level` is the path of an array below it, "" for the source itself. */
export function pythonSnippet(source: string, level: string): string {
  const open = `zarr.open(${pythonString(source)}, mode="r")`;
  const array = level === "" ? open : `${open}[${pythonString(level)}]`;
  return `# pip install "zarr>=3" fsspec aiohttp\nimport zarr\n\nimage = ${array}\nprint(image.info)\n`;
}

/** A literal that cannot end early or start a new line, whatever the address holds. JSON's escapes are Python's, too. */
function pythonString(text: string): string {
  return JSON.stringify(text);
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
