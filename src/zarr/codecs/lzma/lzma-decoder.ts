import { CorruptChunkError } from "../codec.ts";

const stateCount = 12;
const bitModel = 1 << 10;
/** Offsets of the probabilities in one array. */
const isMatchAt = 0;
const isRepAt = isMatchAt + (stateCount << 4);
const isRep0At = isRepAt + stateCount;
const isRep1At = isRep0At + stateCount;
const isRep2At = isRep1At + stateCount;
const isRep0LongAt = isRep2At + stateCount;
const slotAt = isRep0LongAt + (stateCount << 4);
const specialAt = slotAt + 4 * 64;
const alignAt = specialAt + 128;
const lengthAt = alignAt + 16;
const lengthSize = 2 + 16 * 8 * 2 + 256;
const repLengthAt = lengthAt + lengthSize;
const literalAt = repLengthAt + lengthSize;

export type LzmaProperties = { readonly lc: number; readonly lp: number; readonly pb: number };

/** The byte (pb · 5 + lp) · 9 + lc. @throws CorruptChunkError */
export function lzmaProperties(byte: number): LzmaProperties {
  if (byte >= 225) throw corrupt("its properties are out of range");
  const rest = Math.floor(byte / 9);
  return { lc: byte % 9, lp: rest % 5, pb: Math.floor(rest / 5) };
}

/**
 * The LZMA decoder (LZMA SDK, lzma-specification). The output buffer is the dictionary: what was decoded before stays where it
 * is, and distances may reach back to the last reset.
 */
export class LzmaDecoder {
  readonly #target: Uint8Array;
  #d: number;
  #dictionaryStart: number;
  #probabilities = new Uint16Array(0);
  #properties: LzmaProperties = { lc: 0, lp: 0, pb: 0 };
  #state = 0;
  readonly #reps = new Int32Array(4);
  #source: Uint8Array = new Uint8Array(0);
  #s = 0;
  #sEnd = 0;
  #range = 0;
  #code = 0;

  constructor(target: Uint8Array, start: number) {
    this.#target = target;
    this.#d = start;
    this.#dictionaryStart = start;
  }

  /** End of what was decoded. */
  get end(): number {
    return this.#d;
  }

  get properties(): LzmaProperties {
    return this.#properties;
  }

  resetDictionary(): void {
    this.#dictionaryStart = this.#d;
  }

  resetState(properties: LzmaProperties): void {
    this.#properties = properties;
    const size = literalAt + (0x300 << (properties.lc + properties.lp));
    if (this.#probabilities.length !== size) this.#probabilities = new Uint16Array(size);
    this.#probabilities.fill(bitModel);
    this.#state = 0;
    this.#reps.fill(0);
  }

  /** Bytes that are in the stream as they are. @throws CorruptChunkError */
  copy(source: Uint8Array): void {
    if (source.length > this.#target.length - this.#d) throw tooMuch(this.#target.length);
    this.#target.set(source, this.#d);
    this.#d += source.length;
  }

  /**
   * Decodes from `source[from, fromEnd)` until `targetEnd` is reached or, where `mayEnd`, an end marker comes. Returns
   * where reading ended.
   *
   * @throws CorruptChunkError
   */
  decode(
    source: Uint8Array,
    from: number,
    fromEnd: number,
    targetEnd: number,
    mayEnd: boolean,
  ): number {
    if (fromEnd - from < 5 || source[from] !== 0) throw corrupt("its range coder does not start");
    this.#source = source;
    this.#s = from + 5;
    this.#sEnd = fromEnd;
    this.#range = -1;
    this.#code =
      (source[from + 1]! << 24) |
      (source[from + 2]! << 16) |
      (source[from + 3]! << 8) |
      source[from + 4]!;
    if (targetEnd > this.#target.length) throw tooMuch(this.#target.length);
    const ended = this.#run(targetEnd, mayEnd);
    // A stream that may end by a marker has one even where its length was known.
    if (!ended && mayEnd && this.#code !== 0 && !this.#takesMarker())
      throw corrupt("more bytes than were expected");
    return this.#s;
  }

  #run(targetEnd: number, mayEnd: boolean): boolean {
    const target = this.#target;
    const { lc, lp, pb } = this.#properties;
    const positionMask = (1 << pb) - 1;
    const literalMask = (1 << lp) - 1;
    const reps = this.#reps;
    while (this.#d < targetEnd) {
      const position = this.#d - this.#dictionaryStart;
      const positionState = position & positionMask;
      if (this.#bit(isMatchAt + (this.#state << 4) + positionState) === 0) {
        const previous = position === 0 ? 0 : target[this.#d - 1]!;
        const context = ((position & literalMask) << lc) + (previous >>> (8 - lc));
        target[this.#d] = this.#literal(literalAt + 0x300 * context);
        this.#d++;
        this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
        continue;
      }
      let length: number;
      if (this.#bit(isRepAt + this.#state) === 0) {
        reps[3] = reps[2]!;
        reps[2] = reps[1]!;
        reps[1] = reps[0]!;
        length = this.#length(lengthAt, positionState);
        this.#state = this.#state < 7 ? 7 : 10;
        reps[0] = this.#distance(length);
        if (reps[0] === -1) {
          if (!mayEnd) throw corrupt("an end marker in the middle");
          this.#normalise();
          return true;
        }
      } else {
        if (position === 0) throw corrupt("a distance leaves the data");
        if (this.#bit(isRep0At + this.#state) === 0) {
          if (this.#bit(isRep0LongAt + (this.#state << 4) + positionState) === 0) {
            this.#state = this.#state < 7 ? 9 : 11;
            this.#match(1, targetEnd);
            continue;
          }
        } else {
          this.#rotateReps();
        }
        length = this.#length(repLengthAt, positionState);
        this.#state = this.#state < 7 ? 8 : 11;
      }
      this.#match(length + 2, targetEnd);
    }
    this.#normalise();
    return false;
  }

  #rotateReps(): void {
    const reps = this.#reps;
    let distance: number;
    if (this.#bit(isRep1At + this.#state) === 0) {
      distance = reps[1]!;
    } else {
      if (this.#bit(isRep2At + this.#state) === 0) {
        distance = reps[2]!;
      } else {
        distance = reps[3]!;
        reps[3] = reps[2]!;
      }
      reps[2] = reps[1]!;
    }
    reps[1] = reps[0]!;
    reps[0] = distance;
  }

  #takesMarker(): boolean {
    const positionState = (this.#d - this.#dictionaryStart) & ((1 << this.#properties.pb) - 1);
    if (this.#bit(isMatchAt + (this.#state << 4) + positionState) === 0) return false;
    if (this.#bit(isRepAt + this.#state) === 1) return false;
    const isMarker = this.#distance(this.#length(lengthAt, positionState)) === -1;
    this.#normalise();
    return isMarker;
  }

  #match(length: number, targetEnd: number): void {
    const target = this.#target;
    const distance = (this.#reps[0]! >>> 0) + 1;
    if (distance > this.#d - this.#dictionaryStart) throw corrupt("a distance leaves the data");
    if (length > targetEnd - this.#d) throw corrupt("more bytes than were expected");
    for (let end = this.#d + length, d = this.#d; d < end; d++) target[d] = target[d - distance]!;
    this.#d += length;
  }

  #literal(at: number): number {
    let symbol = 1;
    if (this.#state >= 7) {
      const distance = (this.#reps[0]! >>> 0) + 1;
      if (distance > this.#d - this.#dictionaryStart) throw corrupt("a distance leaves the data");
      let matched = this.#target[this.#d - distance]!;
      do {
        const matchBit = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.#bit(at + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(at + symbol);
    return symbol & 255;
  }

  /** Length − 2. */
  #length(at: number, positionState: number): number {
    if (this.#bit(at) === 0) return this.#tree(at + 2 + (positionState << 3), 3);
    if (this.#bit(at + 1) === 0) return 8 + this.#tree(at + 2 + 128 + (positionState << 3), 3);
    return 16 + this.#tree(at + 2 + 256, 8);
  }

  /** Distance − 1; −1 is the end marker. */
  #distance(length: number): number {
    const slot = this.#tree(slotAt + (Math.min(length, 3) << 6), 6);
    if (slot < 4) return slot;
    const directBits = (slot >> 1) - 1;
    const distance = (2 | (slot & 1)) << directBits;
    if (slot < 14) return distance + this.#reverseTree(specialAt + distance - slot, directBits);
    return (distance + (this.#direct(directBits - 4) << 4) + this.#reverseTree(alignAt, 4)) | 0;
  }

  #tree(at: number, bits: number): number {
    let symbol = 1;
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.#bit(at + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(at: number, bits: number): number {
    let node = 1;
    let symbol = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(at + node);
      node = (node << 1) | bit;
      symbol |= bit << i;
    }
    return symbol;
  }

  #direct(bits: number): number {
    let result = 0;
    for (let i = 0; i < bits; i++) {
      this.#normalise();
      this.#range >>>= 1;
      const isSet = this.#code >>> 0 >= this.#range >>> 0;
      if (isSet) this.#code -= this.#range;
      result = (result << 1) | (isSet ? 1 : 0);
    }
    return result;
  }

  #bit(at: number): 0 | 1 {
    this.#normalise();
    const probabilities = this.#probabilities;
    const probability = probabilities[at]!;
    const bound = Math.imul(this.#range >>> 11, probability);
    if (this.#code >>> 0 < bound >>> 0) {
      this.#range = bound;
      probabilities[at] = probability + ((2048 - probability) >> 5);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    probabilities[at] = probability - (probability >> 5);
    return 1;
  }

  #normalise(): void {
    if (this.#range >>> 0 >= 1 << 24) return;
    if (this.#s >= this.#sEnd) throw corrupt("its end is cut off");
    this.#range <<= 8;
    this.#code = (this.#code << 8) | this.#source[this.#s++]!;
  }
}

function tooMuch(expected: number): CorruptChunkError {
  return corrupt(`more than the ${expected} bytes that were expected`);
}

export function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`lzma: ${reason}.`);
}
