import { type FormEvent, useState } from "react";
import { Button } from "../kit/Button.tsx";
import { emptyLink, formatLink } from "../state/link.ts";
import { useViewerActions } from "../state/viewer-context.ts";
import { Logo } from "./Logo.tsx";

/** An image to try, shown on the start page. */
export type Sample = {
  readonly title: string;
  readonly description: string;
  /** Absolute, or relative to the page. */
  readonly url: string;
  /** Address of a small picture. */
  readonly thumbnail?: string | undefined;
};

function SampleCard({ sample }: { sample: Sample }) {
  const actions = useViewerActions();
  const { title, description, url, thumbnail } = sample;
  return (
    <li>
      <a
        className="zs-sample"
        href={formatLink({ ...emptyLink, source: url }).search}
        onClick={(event) => {
          // A new tab or window is the browser's business.
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          actions.open(url);
        }}
      >
        {thumbnail === undefined ? (
          <span className="zs-sample-picture">
            <Logo size={40} />
          </span>
        ) : (
          <img className="zs-sample-picture" src={thumbnail} alt="" loading="lazy" />
        )}
        <span className="zs-sample-title">{title}</span>
        <span className="zs-sample-text">{description}</span>
      </a>
    </li>
  );
}

/** The empty page: one large field, and images to try. */
export function Landing({ samples, version }: { samples: readonly Sample[]; version: string }) {
  const actions = useViewerActions();
  const [text, setText] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== "") actions.open(text);
  }

  return (
    <main className="zs-landing">
      <div className="zs-landing-column">
        <h1 className="zs-landing-name">
          <Logo size={36} /> Zarrscope
        </h1>
        <p className="zs-landing-claim">
          Look at multiscale OME-Zarr images, straight from where they are stored.
        </p>
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
        <p className="zs-landing-hint">
          OME-Zarr 0.4 and 0.5 and plain Zarr arrays, over https, s3:// or gs://. Nothing is
          uploaded or converted.
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
        <footer className="zs-landing-version">Zarrscope {version}</footer>
      </div>
    </main>
  );
}
