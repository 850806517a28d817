import * as v from "valibot";

const origin = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && new URL(text).origin === text && text !== "null",
    'an origin, such as "https://lab.example"',
  ),
);
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const address = v.pipe(v.string(), v.minLength(1), v.maxLength(2000));

const config = v.strictObject({
  allowedOrigins: v.optional(v.array(origin), []),
  source: v.optional(address),
  name: v.optional(text),
  catalogue: v.optional(v.array(v.strictObject({ title: text, description: text, url: address }))),
});

/** What one installation of the viewer sets for itself (docs/deploy.md): `config.json` beside the page. */
export type Deployment = {
  /** Pages of these origins may read pixels, metadata and pictures through the embedding interface, and change the source. */
  readonly allowedOrigins: readonly string[];
  /** Opened where an address names none. */
  readonly source?: string | undefined;
  /** Stands for "Zarrscope" on the start page and in titles. */
  readonly name?: string | undefined;
  /** Images on the start page, in place of the public ones. */
  readonly catalogue?:
    | readonly { readonly title: string; readonly description: string; readonly url: string }[]
    | undefined;
};

/** Where the installation has no name of its own. */
export const viewerName = "Zarrscope";

export const defaultDeployment: Deployment = { allowedOrigins: [] };

/**
 * Reads a configuration, whatever it is.
 * @throws TypeError that names the first fault
 */
export function parseDeployment(input: unknown): Deployment {
  // An array would pass for an object without entries.
  const result = v.safeParse(config, Array.isArray(input) ? undefined : input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new TypeError(`config.json: ${v.getDotPath(issue) ?? "the document"}: ${issue.message}`);
}

/** The configuration beside the page; the default where there is none. One with a fault counts as none, which the console says. */
export async function loadDeployment(base: string): Promise<Deployment> {
  try {
    const response = await fetch(new URL("config.json", base), { credentials: "same-origin" });
    return response.ok ? parseDeployment(await response.json()) : defaultDeployment;
  } catch (error) {
    console.warn("config.json is not used.", error);
    return defaultDeployment;
  }
}
