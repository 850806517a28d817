import { UnsupportedCodecError } from "./codec.ts";
import { canEval, type DecoderName } from "./decoder-choice.ts";

/**
 * The first of `names` that can be imported and instantiated. What is loaded stays loaded; a failure is not kept.
 *
 * @throws UnsupportedCodecError if none can, e.g. where a page refuses WebAssembly
 */
export async function loadDecoder<Decoder, Name extends DecoderName>(
  codec: string,
  names: readonly Name[],
  loaders: Readonly<Record<Name, () => Promise<Decoder>>>,
): Promise<Decoder> {
  const failures: unknown[] = [];
  for (const name of names) {
    try {
      if (name === "numcodecs" && !canEval()) throw new Error("numcodecs needs eval");
      return await loaders[name]();
    } catch (failure) {
      failures.push(failure);
    }
  }
  // What cannot be imported is gone, or its server is.
  const isMissing = failures.some((failure) => failure instanceof TypeError);
  const advice = isMissing ? " Load the page again: a newer version may have been put up." : "";
  const error = new UnsupportedCodecError(
    codec,
    `The decoder of "${codec}" could not be loaded (${failures.map(String).join("; ")}).${advice}`,
  );
  error.cause = failures[0];
  throw error;
}

/** Runs `load` once; after a failure again at the next call. */
export function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => {
    value ??= load().catch((failure) => {
      value = undefined;
      throw failure;
    });
    return value;
  };
}
