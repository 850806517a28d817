// The packages come without types; these are the parts that are used.

type CornerstoneFrame = {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
};

/** Buffers are views of the library's memory, valid until its next call. */
type CornerstoneDecoder = {
  getEncodedBuffer(byteLength: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): CornerstoneFrame;
  decode(): void;
  delete(): void;
};

type CornerstoneModule<Name extends string> = {
  readonly [name in Name]: new () => CornerstoneDecoder;
};

declare module "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs" {
  const factory: (options: object) => Promise<CornerstoneModule<"JPEGDecoder">>;
  export default factory;
}
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  const factory: (options: object) => Promise<CornerstoneModule<"J2KDecoder">>;
  export default factory;
}
declare module "@cornerstonejs/codec-openjph/wasmjs" {
  const factory: (options: object) => Promise<CornerstoneModule<"HTJ2KDecoder">>;
  export default factory;
}
declare module "@cornerstonejs/codec-charls/decodewasmjs" {
  const factory: (options: object) => Promise<CornerstoneModule<"JpegLSDecoder">>;
  export default factory;
}
