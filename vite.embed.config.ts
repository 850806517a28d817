import { defineConfig } from "vite";

/** The client of the embedding interface: dist/embed.js, `zarrscope/embed` of the package. It stands beside the page, so that a page can import it from there. */
export default defineConfig({
  publicDir: false,
  build: {
    lib: { entry: "app/embed/connect.ts", formats: ["es"], fileName: () => "embed.js" },
    emptyOutDir: false,
    target: "es2022",
    minify: true,
  },
});
