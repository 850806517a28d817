import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { capabilityManifest } from "./scripts/capability-manifest.ts";

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));

/** Writes the built-in samples into public/ before anything looks there; nothing is done if they are up to date. */
const builtInSamples: Plugin = {
  name: "zarrscope-samples",
  async config() {
    await import("./scripts/samples/make.mjs");
  },
};

/**
 * luma imports its WebGL device when the first canvas is made. It is in the stage's own file, as what draws tiles needs it too: asking for
 * it again would be a file of 50 bytes and a round trip before the first picture.
 */
const staticDevice: Plugin = {
  name: "zarrscope-static-device",
  apply: "build",
  transform(code, id) {
    if (!id.endsWith("@luma.gl/webgl/dist/adapter/webgl-adapter.js")) return undefined;
    const lazy = 'await import("./webgl-device.js")';
    if (!code.includes(lazy)) throw new Error("luma loads its WebGL device in another way now.");
    return `import * as webglDevice from "./webgl-device.js";\n${code.replaceAll(lazy, "webglDevice")}`;
  },
};

/** Tells other tools what this viewer opens (docs/deploy.md). */
const manifest: Plugin = {
  name: "zarrscope-capability-manifest",
  generateBundle() {
    const source = capabilityManifest(version, process.env.ZARRSCOPE_URL || undefined);
    this.emitFile({ type: "asset", fileName: "capability-manifest.yaml", source });
  },
};

/** The pipeline and the definitions of codecs, without any decoder. */
const workerCore =
  /src\/zarr\/(?:array\/(?!fill-value|float16)|codecs\/(?:bytes|codec|codec-table|crc32c|decoded-length|elements-from-bytes|known-codecs|lazy-codec|parse-chain|pipeline|place-clipped|registry|sharding|transpose|blosc\/blosc|blosc\/blosc-header|checksums\/checked-payload|checksums\/crc|deflate\/gzip|filters\/encoded-specs|filters\/numpy-type|lz4\/lz4|sharding\/shard-index|sharding\/sharding-codec|zstd\/zstd)\.ts)/;

/** Used by the page from the start and by later parts as well. Decoders and dialogs are not among it. */
const sharedWithLater =
  /src\/(?:zarr\/(?:array|hierarchy|ome|image|problem|json|store|codecs\/[a-z0-9-]+\.ts|codecs\/(?:checksums|filters|blosc\/blosc-header|sharding\/shard-index)|chunks\/chunk-state)|ui\/state|layers\/tiles)/;

// `base: "./"` keeps every asset URL relative, so that dist/ works from any sub-path of a static host.
export default defineConfig({
  base: "./",
  define: { __ZARRSCOPE_VERSION__: JSON.stringify(version) },
  plugins: [builtInSamples, staticDevice, react(), manifest],
  worker: {
    format: "es",
    rolldownOptions: {
      output: {
        // What a worker always needs in one file beside its entry, since decoders share it: not a dozen small ones.
        chunkFileNames: "assets/worker-[name]-[hash].js",
        codeSplitting: { groups: [{ name: "core", test: workerCore }] },
      },
    },
  },
  // deck.gl alone is above the default warning; what the parts weigh is kept in docs/performance.md.
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What the start page shares with what is loaded later, in one file: not forty small ones.
        codeSplitting: { groups: [{ name: "shared", test: sharedWithLater }] },
      },
    },
  },
});
