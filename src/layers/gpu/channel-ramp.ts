import type { ChannelRendering } from "../scene.ts";
import type { TexelKind } from "./texture-format.ts";

/** Red, green, blue in 0 … 1. */
export type Rgb = readonly [number, number, number];

/** A channel that can be drawn: its window is known. */
export type DrawnChannel = ChannelRendering & {
  readonly window: NonNullable<ChannelRendering["window"]>;
};

/** Colour of six hex digits; anything else is white, which is at least seen. */
export function rgbOf(hex: string): Rgb {
  if (!/^[0-9a-f]{6}$/i.test(hex)) return [1, 1, 1];
  const packed = Number.parseInt(hex, 16);
  return [(packed >> 16) / 255, ((packed >> 8) & 255) / 255, (packed & 255) / 255];
}

/** Window of width 0: a step just above `start`. */
const stepWidth = 1e-30;

function windowWidth({ window }: DrawnChannel): number {
  return window.end === window.start ? stepWidth : window.end - window.start;
}

function exponent({ gamma }: DrawnChannel): number {
  return Number.isFinite(gamma) ? Math.max(gamma, 1e-3) : 1;
}

/** Brightness 0 … 1 of values under the channel's window, gamma and inversion; NaN is 0, also when inverted. */
export function brightnessOf(channel: DrawnChannel): (value: number) => number {
  const { start } = channel.window;
  const [width, gamma] = [windowWidth(channel), exponent(channel)];
  return (value) => {
    if (Number.isNaN(value)) return 0;
    const linear = Math.min(Math.max((value - start) / width, 0), 1);
    const ramp = gamma === 1 ? linear : linear ** gamma;
    return channel.inverted ? 1 - ramp : ramp;
  };
}

/** `brightnessOf` for one value. */
export function brightness(value: number, channel: DrawnChannel): number {
  return brightnessOf(channel)(value);
}

/**
 * The window as the tile shader wants it: an integer `base` that is subtracted exactly, and start and width relative to it.
 */
export type ShaderWindow = {
  readonly base: number;
  readonly start: number;
  readonly width: number;
  readonly gamma: number;
};

/** Splits the window's start into what the texel type can hold and the rest. */
export function shaderWindow(kind: TexelKind, channel: DrawnChannel): ShaderWindow {
  const { start } = channel.window;
  const base = windowBase(kind, start);
  return { base, start: start - base, width: windowWidth(channel), gamma: exponent(channel) };
}

function windowBase(kind: TexelKind, start: number): number {
  switch (kind) {
    case "uint":
      return Math.min(Math.max(Math.floor(start), 0), 2 ** 32 - 1);
    case "int":
      return Math.min(Math.max(Math.floor(start), -(2 ** 31)), 2 ** 31 - 1);
    case "float":
      return Math.fround(start);
  }
}
