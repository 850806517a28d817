/** Names of codecs by which tools describe data: those of numcodecs and of Zarr v3. */
const codecs = ["blosc", "zstd", "zlib", "lz4", "gzip", "bz2", "lzma"];

/**
 * What this viewer can open, for tools that list viewers (github.com/BioImageTools/capability-manifest), as YAML.
 * @param address of the installation, absolute; undefined: nobody knows, and the manifest names none
 * @throws TypeError for what is no http(s) address
 */
export function capabilityManifest(version: string, address: string | undefined): string {
  const viewer = {
    name: "Zarrscope",
    version,
    ...(address === undefined ? {} : { template_url: templateUrl(address) }),
  };
  const capabilities = {
    ome_zarr_versions: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
    compression_codecs: codecs,
    rfcs_supported: [2, 3, 4, 5, 8],
    axes: true,
    scale: true,
    translation: true,
    channels: true,
    timepoints: true,
    labels: true,
    hcs_plates: true,
    bioformats2raw_layout: true,
    omero_metadata: true,
  };
  // Values in JSON are YAML, too.
  const section = (name: string, entries: object) =>
    [
      `${name}:`,
      ...Object.entries(entries).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
    ].join("\n");
  return `${section("viewer", viewer)}\n\n${section("capabilities", capabilities)}\n`;
}

function templateUrl(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`ZARRSCOPE_URL is no http(s) address: ${address}`);
  }
  const folder = url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`;
  return `${url.origin}${folder}?source={DATA_URL}`;
}
