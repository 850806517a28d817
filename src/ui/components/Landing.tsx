import { Globe } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../kit/Button.tsx";
import { useViewerActions } from "../state/viewer-context.ts";
import { Logo } from "./Logo.tsx";
import { RecentList, type Recents } from "./RecentList.tsx";
import { SourceLink } from "./SourceLink.tsx";

/** An image to try, shown on the start page. */
export type Sample = {
  readonly title: string;
  readonly description: string;
  /** Absolute, or relative to the page. */
  readonly url: string;
  /** Address of a small picture. */
  readonly thumbnail?: string | undefined;
};

/** A public data set somewhere on the network. */
export type PublicDataset = {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  /** Why it cannot be shown yet; absent if it can. */
  readonly notYet?: string;
};

function SampleCard({ sample }: { sample: Sample }) {
  const { title, description, url, thumbnail } = sample;
  return (
    <li>
      <SourceLink url={url} className="zs-sample">
        {thumbnail === undefined ? (
          <span className="zs-sample-picture">
            <Logo size={40} />
          </span>
        ) : (
          <img className="zs-sample-picture" src={thumbnail} alt="" width={352} height={220} />
        )}
        <span className="zs-sample-title">{title}</span>
        <span className="zs-sample-text">{description}</span>
      </SourceLink>
    </li>
  );
}

function PublicDatasets({ datasets }: { datasets: readonly PublicDataset[] }) {
  return (
    <section aria-labelledby="zs-public">
      <h2 id="zs-public">
        Public datasets <span className="zs-needs-network">· need the network</span>
      </h2>
      <ul className="zs-source-list">
        {datasets.map(({ title, description, url, notYet }) => (
          <li key={url}>
            <SourceLink url={url}>
              <span className="zs-source-name">
                <Globe size={14} aria-hidden /> {title}
              </span>
              <span className="zs-source-text">{description}</span>
              {notYet !== undefined && <span className="zs-source-note">{notYet}</span>}
            </SourceLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OpenForm() {
  const actions = useViewerActions();
  const [text, setText] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== "") actions.open(text);
  }

  return (
    <form className="zs-landing-form" onSubmit={submit}>
      <input
        className="zs-text-input"
        type="text"
        inputMode="url"
        aria-label="Zarr URL"
        placeholder="Paste a Zarr URL"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        // biome-ignore lint/a11y/noAutofocus: the one thing to do on this page
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="primary">
        Open
      </Button>
    </form>
  );
}

type LandingProps = {
  samples: readonly Sample[];
  version: string;
  /** Of the viewer, or of the installation. */
  name: string;
  datasets?: readonly PublicDataset[] | undefined;
  recents?: Recents | undefined;
};

/** The empty page: one large field, images to try, what was opened before. */
export function Landing({ samples, version, name, datasets = [], recents }: LandingProps) {
  return (
    <main className="zs-landing">
      <div className="zs-landing-column">
        <h1 className="zs-landing-name">
          <Logo size={36} /> {name}
        </h1>
        <p className="zs-landing-claim">
          Look at multiscale OME-Zarr images, straight from where they are stored.
        </p>
        <OpenForm />
        <p className="zs-landing-hint">
          OME-Zarr 0.1 to 0.6 and plain Zarr arrays, over https, s3:// or gs://. Nothing is uploaded
          or converted.
        </p>
        {samples.length > 0 && (
          <section aria-labelledby="zs-samples">
            <h2 id="zs-samples">Samples</h2>
            <ul className="zs-samples">
              {samples.map((sample) => (
                <SampleCard key={sample.url} sample={sample} />
              ))}
            </ul>
          </section>
        )}
        {recents !== undefined && <RecentList recents={recents} />}
        {datasets.length > 0 && <PublicDatasets datasets={datasets} />}
        <footer className="zs-landing-version">Zarrscope {version}</footer>
      </div>
    </main>
  );
}
