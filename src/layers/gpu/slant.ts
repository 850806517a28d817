import { type Affine, compose, invert, scaleAndShift, transformPoint } from "../tiles/affine.ts";
import type { SlantedRect } from "../tiles/area.ts";
import type { Rect } from "../tiles/rect.ts";
import type { ShaderProgram } from "./shader-program.ts";

/**
 * Texels that are turned or sheared against the canvas: their quads are drawn as the device rectangles around them, and the fragment shader
 * keeps what lies inside. Whether it does is decided from one expression for all tiles of a level, so that neighbours leave no crack
 * and never overlap. Texels are counted from a whole texel near the canvas' middle, where float32 is exact enough.
 */
export type Slant = {
  readonly texelFromDevice: Affine;
  /** Texel that is counted as 0. */
  readonly originX: number;
  readonly originY: number;
  /** What the whole image covers, in texels of another level maybe; nothing is drawn outside. */
  readonly clip: { readonly texelFromDevice: Affine; readonly texels: Rect };
};

/**
 * `DISCARD_OUTSIDE(pixel)` for every fragment shader; `slantedTexel(pixel)` counts texels as `Slant` does. Needs \`v_texels\`. Without
 * SLANTED, a shader has no `discard`: the depth test then comes before the shading, and what lies below costs nothing.
 */
export const slantGlsl = `
#ifdef SLANTED
uniform vec3 u_slantX;
uniform vec3 u_slantY;
uniform vec3 u_clipX;
uniform vec3 u_clipY;
uniform vec4 u_clipRect;
vec2 slantedTexel(vec2 pixel) {
  return vec2(dot(u_slantX.xy, pixel) + u_slantX.z, dot(u_slantY.xy, pixel) + u_slantY.z);
}
bool insideSlant(vec2 pixel) {
  vec2 at = slantedTexel(pixel);
  vec2 clip = vec2(dot(u_clipX.xy, pixel) + u_clipX.z, dot(u_clipY.xy, pixel) + u_clipY.z);
  return all(greaterThanEqual(at, v_texels.xy)) && all(lessThan(at, v_texels.xy + v_texels.zw))
    && all(greaterThanEqual(clip, u_clipRect.xy)) && all(lessThan(clip, u_clipRect.zw));
}
#define DISCARD_OUTSIDE(pixel) if (!insideSlant(pixel)) discard
#else
#define DISCARD_OUTSIDE(pixel)
#endif
`;

/** `texelAt(pixel)`: the place in a tile's texels. From gl_FragCoord, not from interpolated varyings, which have too few bits. Needs `slantGlsl`. */
export const texelAtGlsl = `
#ifdef SLANTED
vec2 texelAt(vec2 pixel) { return slantedTexel(pixel) - v_texels.xy; }
#else
uniform vec2 u_texelsPerPixel;
vec2 texelAt(vec2 pixel) { return v_texels.xy + pixel * u_texelsPerPixel; }
#endif
`;

/** Makes the slant of texels that `rect` places in the world, clipped to what `image` covers; undefined if either is flat. */
export function slantOf(
  { worldFromTexel }: Pick<SlantedRect, "worldFromTexel">,
  image: SlantedRect,
  deviceFromWorld: Affine,
  middle: readonly [number, number],
): Slant | undefined {
  const own = fromDevice(worldFromTexel, deviceFromWorld, middle);
  const clip = fromDevice(image.worldFromTexel, deviceFromWorld, middle);
  if (!own || !clip) return undefined;
  const { x0, y0, x1, y1 } = image.texels;
  const { originX, originY } = clip;
  return {
    ...own,
    clip: {
      texelFromDevice: clip.texelFromDevice,
      texels: { x0: x0 - originX, y0: y0 - originY, x1: x1 - originX, y1: y1 - originY },
    },
  };
}

function fromDevice(
  worldFromTexel: Affine,
  deviceFromWorld: Affine,
  middle: readonly [number, number],
): Pick<Slant, "texelFromDevice" | "originX" | "originY"> | undefined {
  const texelFromDevice = invert(compose(deviceFromWorld, worldFromTexel));
  if (!texelFromDevice) return undefined;
  const [originX, originY] = transformPoint(texelFromDevice, ...middle).map(Math.floor);
  if (originX === undefined || originY === undefined) return undefined;
  const fromOrigin = scaleAndShift(1, -originX, 1, -originY);
  return { texelFromDevice: compose(fromOrigin, texelFromDevice), originX, originY };
}

/** Sets the uniforms of `slantGlsl` with SLANTED. */
export function setSlant(
  gl: WebGL2RenderingContext,
  { uniform }: ShaderProgram,
  { texelFromDevice: own, clip }: Slant,
): void {
  gl.uniform3f(uniform("u_slantX"), own.xx, own.xy, own.x0);
  gl.uniform3f(uniform("u_slantY"), own.yx, own.yy, own.y0);
  const { xx, xy, x0, yx, yy, y0 } = clip.texelFromDevice;
  gl.uniform3f(uniform("u_clipX"), xx, xy, x0);
  gl.uniform3f(uniform("u_clipY"), yx, yy, y0);
  const { texels } = clip;
  gl.uniform4f(uniform("u_clipRect"), texels.x0, texels.y0, texels.x1, texels.y1);
}
