import type { JsonObject } from "../../json.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { requireLength } from "../decoded-length.ts";
import { type PredictorRows, predictorRows } from "./rows-along-axis.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Decoder = { readonly decode: BytesToBytesCodec["decode"] };

const predictor = (
  name: string,
  undo: (bytes: Bytes, rows: PredictorRows, configuration: JsonObject) => Bytes,
): Decoder => ({
  async decode(bytes, length, configuration) {
    requireLength(name, length, bytes.length);
    if (bytes.length === 0) return bytes;
    return undo(bytes, predictorRows(name, configuration, bytes.length), configuration);
  },
});

const xorOf = (word: number, previous: number) => word ^ previous;

/** imagecodecs' `delta` (TIFF's predictor 2): differences of unsigned words along the axis, floats by their bits. */
export const deltaDecoder = predictor("imagecodecs_delta", (bytes, rows) =>
  accumulated(bytes, rows, (word, previous) => word + previous),
);

/** imagecodecs' `xor`: each word was stored as its exclusive or with the one before. */
export const xorDecoder = predictor("imagecodecs_xor", (bytes, rows) =>
  accumulated(bytes, rows, xorOf),
);

/** imagecodecs' `floatpred` (TIFF's predictor 3): planes of bytes, the highest first, as differences. */
export const floatPredictorDecoder = predictor("imagecodecs_floatpred", (bytes, rows) =>
  unshuffledRows(undoneDelta(bytes, rows), rows, true),
);

/** imagecodecs' `byteshuffle`: planes of bytes within each row. */
export const byteshuffleDecoder = predictor(
  "imagecodecs_byteshuffle",
  (bytes, rows, { delta, reorder }) =>
    unshuffledRows(delta === true ? undoneDelta(bytes, rows) : bytes, rows, reorder === true),
);

function accumulated(
  bytes: Bytes,
  { itemBytes, littleEndian, samples, stride }: PredictorRows,
  undo: (word: number, previous: number) => number,
): Bytes {
  const target = bytes.slice();
  const view = new DataView(target.buffer);
  if (itemBytes === 8)
    return accumulatedLongs(target, view, littleEndian, samples, stride, undo === xorOf);
  const count = target.length / itemBytes;
  for (let row = 0; row < count; row += samples) {
    for (let i = row + stride; i < row + samples; i++) {
      const at = i * itemBytes;
      const before = (i - stride) * itemBytes;
      if (itemBytes === 1) target[at] = undo(target[at]!, target[before]!);
      else if (itemBytes === 2) {
        view.setUint16(
          at,
          undo(view.getUint16(at, littleEndian), view.getUint16(before, littleEndian)),
          littleEndian,
        );
      } else {
        view.setUint32(
          at,
          undo(view.getUint32(at, littleEndian), view.getUint32(before, littleEndian)),
          littleEndian,
        );
      }
    }
  }
  return target;
}

function accumulatedLongs(
  target: Bytes,
  view: DataView,
  littleEndian: boolean,
  samples: number,
  stride: number,
  isXor: boolean,
): Bytes {
  for (let row = 0; row < target.length / 8; row += samples) {
    for (let i = row + stride; i < row + samples; i++) {
      const word = view.getBigUint64(i * 8, littleEndian);
      const previous = view.getBigUint64((i - stride) * 8, littleEndian);
      view.setBigUint64(i * 8, isXor ? word ^ previous : word + previous, littleEndian);
    }
  }
  return target;
}

/** Differences of single bytes along each row of planes. */
function undoneDelta(bytes: Bytes, { itemBytes, samples, stride }: PredictorRows): Bytes {
  const target = bytes.slice();
  const rowBytes = samples * itemBytes;
  for (let row = 0; row < target.length; row += rowBytes) {
    for (let i = row + stride; i < row + rowBytes; i++)
      target[i] = target[i]! + target[i - stride]!;
  }
  return target;
}

/** @param highestFirst else the planes are in the order that the bytes have in memory */
function unshuffledRows(
  bytes: Bytes,
  { itemBytes, littleEndian, samples }: PredictorRows,
  highestFirst: boolean,
): Bytes {
  const target = new Uint8Array(bytes.length);
  const rowBytes = samples * itemBytes;
  for (let row = 0; row < bytes.length; row += rowBytes) {
    for (let plane = 0; plane < itemBytes; plane++) {
      const byte = highestFirst && littleEndian ? itemBytes - 1 - plane : plane;
      const source = row + plane * samples;
      for (let i = 0, t = row + byte; i < samples; i++, t += itemBytes)
        target[t] = bytes[source + i]!;
    }
  }
  return target;
}
