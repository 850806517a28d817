import { createRoot } from "react-dom/client";
import { ViewerContext } from "../../src/ui/state/viewer-context.ts";
import { fakeViewer } from "../../src/ui/testing/fake-viewer.ts";
import { App } from "../App.tsx";
import { labStates } from "./lab-states.ts";

/** The interface with made-up data, one state each: /app/lab/?state=open under `npm run dev`. Not part of the build. */
const name = new URLSearchParams(location.search).get("state") ?? "open";
const viewer = fakeViewer(labStates.get(name) ?? {});

/** A picture in place of the stage: two channels of blobs on black. */
function mountFakeStage(element: HTMLElement): () => void {
  const canvas = document.createElement("canvas");
  canvas.width = 1200;
  canvas.height = 900;
  canvas.style.cssText = "width:100%;height:100%;object-fit:contain;background:#000;display:block";
  const context = canvas.getContext("2d");
  if (context !== null) {
    context.globalCompositeOperation = "lighter";
    for (let i = 0; i < 160; i++) {
      const [x, y] = [
        600 + 420 * Math.sin(i * 2.4) * Math.sqrt(i / 160),
        450 + 420 * Math.cos(i * 2.4) * Math.sqrt(i / 160),
      ];
      const blob = context.createRadialGradient(x, y, 4, x, y, 34);
      blob.addColorStop(0, i % 3 === 0 ? "#30ff60" : "#3050ff");
      blob.addColorStop(1, "#000");
      context.fillStyle = blob;
      context.fillRect(x - 40, y - 40, 80, 80);
    }
  }
  element.append(canvas);
  return () => canvas.remove();
}

const samples = [
  {
    title: "Cells",
    description: "Two channels, 8 planes, made by the project.",
    url: "samples/cells.zarr",
  },
  {
    title: "HeLa mitosis",
    description: "Time series of 60 frames over the network.",
    url: "https://example.org/hela.zarr",
  },
  {
    title: "Zebrafish brain",
    description: "Light sheet, 0.9 TB, ten levels.",
    url: "https://example.org/fish.zarr",
  },
];

const root = document.getElementById("app");
if (root !== null) {
  createRoot(root).render(
    <ViewerContext value={viewer}>
      <App
        mountStage={mountFakeStage}
        mountOverview={() => () => {}}
        mountThumbnail={() => () => {}}
        takeStill={() => Promise.reject(new Error("The lab has no stage."))}
        samples={samples}
        version="lab"
      />
    </ViewerContext>,
  );
}
