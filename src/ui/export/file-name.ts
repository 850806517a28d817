const maxLength = 80;

/** A file name made of an image's name: letters, digits and few signs, so that no system minds it. */
export function pictureFileName(imageName: string): string {
  const safe = imageName
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}_.+-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return `${[...safe].slice(0, maxLength).join("") || "image"}.png`;
}
