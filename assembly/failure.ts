/** What was wrong with a stream; `src/zarr/codecs/wasm/block-decoders.ts` has a sentence for each. */
export const none: i32 = 0;
export const cutOff: i32 = 1;
export const badCode: i32 = 2;
export const badBlock: i32 = 3;
export const tooFarBack: i32 = 4;
export const tooLong: i32 = 5;
export const literalsOutside: i32 = 6;
export const tooShort: i32 = 7;
