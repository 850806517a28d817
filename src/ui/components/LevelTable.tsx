import type { ImageModel } from "../../zarr/image/image-model.ts";
import { formatBytes } from "../format/format-number.ts";
import { levelBytes, levelStorage, shapeInWords } from "../format/image-words.ts";

/** Each level as it is stored: shape, what is read at once, shard, codecs, bytes uncompressed. */
export function LevelTable({ image }: { image: ImageModel }) {
  const isSharded = image.levels.some((level) => levelStorage(level).shard !== undefined);
  const axes = image.axes.axes.map(({ name }) => name).join(", ");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className="zs-levels-scroll" aria-label="Levels" tabIndex={0}>
      <table className="zs-levels">
        <caption>
          Levels, finest first; sizes along <bdi>{axes}</bdi>
        </caption>
        <thead>
          <tr>
            <th scope="col">Level</th>
            <th scope="col">Shape</th>
            <th scope="col">Chunk</th>
            {isSharded && <th scope="col">Shard</th>}
            <th scope="col">Stored as</th>
            <th scope="col">Uncompressed</th>
          </tr>
        </thead>
        <tbody>
          {image.levels.map((level, index) => {
            const { chunk, shard, codecs } = levelStorage(level);
            return (
              <tr key={level.path}>
                <th scope="row">{index + 1}</th>
                <td>{shapeInWords(level.shape)}</td>
                <td>{chunk}</td>
                {isSharded && <td>{shard ?? "—"}</td>}
                <td>
                  <bdi>{codecs}</bdi>
                </td>
                <td>{formatBytes(levelBytes(level))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
