import type { ImageModel } from "../../zarr/image/image-model.ts";
import { axisLength } from "../format/axis-position.ts";
import { Section } from "../kit/Section.tsx";
import { useViewer } from "../state/viewer-context.ts";

/** Shape, world size, type and levels of an image, as a list and a table. */
function Facts({ image }: { image: ImageModel }) {
  const { axes, xDim, yDim } = image.axes;
  return (
    <>
      <dl className="zs-facts">
        <dt>Name</dt>
        <dd>
          <bdi>{image.name}</bdi>
        </dd>
        <dt>Format</dt>
        <dd>{image.format}</dd>
        <dt>Data type</dt>
        <dd>{image.dataType}</dd>
        {axes.map((axis) => (
          <div key={axis.name} className="zs-fact">
            <dt>
              <bdi>{axis.name}</bdi>
            </dt>
            <dd>
              {axis.size}
              {axisLength(image, axis) !== undefined && <span> · {axisLength(image, axis)}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <table className="zs-levels">
        <thead>
          <tr>
            <th scope="col">Level</th>
            <th scope="col">Size, px</th>
            <th scope="col">Chunk, px</th>
          </tr>
        </thead>
        <tbody>
          {image.levels.map(({ path, shape, array }, index) => (
            <tr key={path}>
              <td>{index + 1}</td>
              <td>
                {shape[xDim]} × {shape[yDim]}
              </td>
              <td>
                {array.chunkGrid.chunkShape[xDim]} × {array.chunkGrid.chunkShape[yDim]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** What the image is: format, size in pixels and in the world, data type, levels. */
export function ImageInfo() {
  const image = useViewer(({ source }) => (source.status === "open" ? source.image : undefined));
  if (image === undefined) return null;
  return (
    <Section title="Image">
      <Facts image={image} />
    </Section>
  );
}
