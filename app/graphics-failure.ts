import type { SourceFailure } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";

/** Keeps the store informed of whether anything can be drawn. */
export function graphicsReport(store: ViewerStore) {
  return {
    onFailure: (error: Error) => store.setState({ graphicsFailure: failureOfGraphics(error) }),
    onRecovered: () => store.setState({ graphicsFailure: undefined }),
  };
}

/** Words for a stage that cannot draw: no WebGL2, a context that was lost for good, or a fault of ours. */
export function failureOfGraphics(error: Error): SourceFailure {
  const detail = `${error.name}: ${error.message}`;
  if (error.name === "ContextLostError") {
    return {
      code: "ZS-CONTEXT",
      title: "The graphics driver stopped, and the picture with it.",
      detail,
      action:
        "Draw again. If that does not help, reload the page, or close other pages that draw much.",
    };
  }
  if (/webgl/i.test(detail)) {
    return {
      code: "ZS-WEBGL",
      title: "This browser offers no WebGL2, without which images cannot be drawn.",
      detail,
      action:
        "Switch on hardware acceleration in the browser's settings, or use a current Chrome, Edge, Firefox or Safari. On a remote desktop or a virtual machine the graphics driver may be missing.",
    };
  }
  return {
    code: "ZS-GRAPHICS",
    title: "Drawing failed for a reason that Zarrscope does not know.",
    detail,
    action: "Draw again. If that does not help, reload the page, and please report this.",
  };
}
