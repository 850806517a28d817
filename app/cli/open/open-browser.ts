import { spawn } from "node:child_process";
import { platform } from "node:os";

/**
 * Opens an address in the person's browser: `$BROWSER` if it is set, else the system's own way. Resolves to false if that could not be
 * started; whether a window came up is not known.
 */
export function openBrowser(url: string): Promise<boolean> {
  const [command, ...args] = browserCommand(url);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => resolve(true));
    child.unref();
  });
}

function browserCommand(url: string): [string, ...string[]] {
  const { BROWSER } = process.env;
  if (BROWSER) return [BROWSER, url];
  switch (platform()) {
    case "darwin":
      return ["open", url];
    case "win32":
      // Not through cmd: "&" would end the command there.
      return ["rundll32", "url.dll,FileProtocolHandler", url];
    default:
      return ["xdg-open", url];
  }
}
