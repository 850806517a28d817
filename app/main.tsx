import { createRoot } from "react-dom/client";
import { parseFrameOptions } from "../src/ui/state/frame-options.ts";
import { loadDeployment } from "./deployment.ts";
import { startPage } from "./page.tsx";

const element = document.getElementById("app");
if (element === null) throw new Error("index.html has no #app.");
const root = createRoot(element);
const deploying = loadDeployment(document.baseURI);
const frameOptions = parseFrameOptions(location.search);
if (frameOptions === undefined) startPage(root, deploying);
else void import("./frame/frame-main.tsx").then((m) => m.startFrame(root, frameOptions, deploying));
