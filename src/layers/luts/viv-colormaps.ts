import { AdditiveColormapExtension } from "@vivjs/extensions";
import type { LutName } from "./lut-name.ts";

/** GLSL of Viv's colormap module (MIT), which holds `vec4 apply_cmap(float x)`. Imported lazily: it is 10 kB. */
export function colormapGlsl(name: LutName): string {
  const { getVivShaderTemplates } = AdditiveColormapExtension.prototype;
  const { modules }: { modules: readonly { readonly fs: string }[] } = getVivShaderTemplates.call({
    props: { colormap: name },
  });
  return modules.map(({ fs }) => fs).join("\n");
}
