import type { ChannelModel, ImageModel } from "./image-model.ts";

/** Channels of a scene, and where those of each image begin among them. */
export type SceneChannels = {
  readonly channels: readonly ChannelModel[];
  readonly firstChannels: readonly number[];
};

/**
 * Images whose channels bear the same names, in the same type, share them: the tiles of one slide are one picture. Else every image keeps
 * its own, named after it.
 */
export function sceneChannels(images: readonly ImageModel[]): SceneChannels {
  const [first] = images;
  if (first && images.every((image) => areAlike(first, image))) {
    return { channels: first.channels, firstChannels: images.map(() => 0) };
  }
  const channels: ChannelModel[] = [];
  const firstChannels: number[] = [];
  for (const { name, channels: own } of images) {
    firstChannels.push(channels.length);
    for (const channel of own) {
      const label = own.length === 1 ? name : `${name} · ${channel.label}`;
      channels.push({ ...channel, label, index: channels.length });
    }
  }
  return { channels, firstChannels };
}

function areAlike(a: ImageModel, b: ImageModel): boolean {
  return (
    a.dataType === b.dataType &&
    a.channels.length === b.channels.length &&
    a.channels.every(({ label }, k) => label === b.channels[k]?.label)
  );
}
