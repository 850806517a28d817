import { shortText } from "./problem-log.ts";

/** Longer documents are not read: they hold the planes of a whole plate, and the names are only a help. */
export const maxOmeXmlBytes = 32 * 2 ** 20;
const maxNames = 10_000;
const maxNameLength = 200;
/** Characters that are parsed before the page may do something else. */
const sliceLength = 2 ** 18;

/**
 * The `Name` of each `Image` in an OME-XML document, in order (N4-74); "" where there is none. Entities and document types are refused, not
 * expanded; what comes after the images is not looked at. A document that ends in an error gives the names before it.
 */
export async function omeXmlImageNames(
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { SaxesParser } = await import("saxes");
  const text = new TextDecoder().decode(bytes);
  const names: string[] = [];
  let depth = 0;
  let isDone = false;
  const parser = new SaxesParser({ fragment: false, position: false });
  parser.on("doctype", () => {
    isDone = true;
  });
  parser.on("error", () => {
    isDone = true;
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth++;
    const local = name.slice(name.indexOf(":") + 1);
    // Images are children of the root; the root may be "OME" or "ome:OME".
    if (depth !== 2 || isDone) return;
    if (local === "Image")
      names.push(shortText(String(attributes.Name ?? "").trim(), maxNameLength));
    isDone = names.length >= maxNames || local === "StructuredAnnotations";
  });
  parser.on("closetag", () => {
    depth--;
  });
  for (let at = 0; at < text.length && !isDone; at += sliceLength) {
    parser.write(text.slice(at, at + sliceLength));
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
  }
  return names;
}
