import { choosableAxes } from "../../zarr/image/display-axes.ts";
import type { ImageModel, ImagePart } from "../../zarr/image/image-model.ts";
import { axisLength } from "../format/axis-position.ts";
import { imageInWords, typeInWords } from "../format/image-words.ts";
import { CopySource } from "./CopySource.tsx";
import { JsonView } from "./JsonView.tsx";
import { LevelTable } from "./LevelTable.tsx";

/** Name, format, world size along each axis. */
function Facts({ image }: { image: ImageModel }) {
  return (
    <dl className="zs-facts">
      <dt>Name</dt>
      <dd>
        <bdi>{image.name}</bdi>
      </dd>
      <dt>Format</dt>
      <dd>{image.format}</dd>
      <dt>Data type</dt>
      <dd>{typeInWords(image)}</dd>
      {choosableAxes(image).map((axis) => (
        <div key={axis.name} className="zs-fact">
          <dt>
            <bdi>{axis.name}</bdi>
          </dt>
          <dd>
            {axis.size}
            {axisLength(image, axis) !== undefined && <span> · {axisLength(image, axis)}</span>}
            {axis.orientation && (
              <span>
                {" "}
                · {axis.orientation.from} to {axis.orientation.to}
              </span>
            )}
            {axis.longName !== undefined && (
              <span>
                {" "}
                · <bdi>{axis.longName}</bdi>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The images of a scene, the topmost first. */
function Parts({ parts }: { parts: readonly ImagePart[] }) {
  return (
    <>
      <p className="zs-image-words">Images of the scene, the topmost first</p>
      <ul className="zs-scene-images">
        {parts.toReversed().map(({ path, image }) => (
          <li key={path}>
            <bdi>{path}</bdi> <span className="zs-scene-image-words">{imageInWords(image)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the image is: in words, as facts, level by level, and the metadata themselves. */
export function ImageFacts({ image, url }: { image: ImageModel; url: string }) {
  const hasLevels = image.parts === undefined && image.levels[0]?.array.path !== "";
  const arrays = image.parts ? [] : image.levels;
  return (
    <>
      <p className="zs-image-words">{imageInWords(image)}</p>
      <Facts image={image} />
      <CopySource url={url} level={hasLevels ? (image.levels[0]?.array.path ?? "") : ""} />
      {image.parts ? <Parts parts={image.parts} /> : <LevelTable image={image} />}
      <JsonView title="Attributes as stored" value={image.attributes} />
      {arrays.map((level, index) => (
        <JsonView
          key={level.path}
          title={`Array of level ${index + 1} as read`}
          value={level.array}
        />
      ))}
    </>
  );
}
