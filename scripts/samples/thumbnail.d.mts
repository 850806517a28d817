/** What a sample's picture is made of; see thumbnail.mjs. */
export type SampleView = {
  y: number;
  x: number;
  stretch?: number;
  channels: { plane: ArrayLike<number>; color: string; start: number; end: number }[];
};

export function thumbnail(view: SampleView): Buffer;
