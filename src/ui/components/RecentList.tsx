import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { Button } from "../kit/Button.tsx";
import { Switch } from "../kit/Switch.tsx";
import type { RecentSources } from "../state/recent-sources.ts";
import { SourceLink } from "./SourceLink.tsx";

/** What was opened before, and how to forget it. Kept in this browser only. */
export type Recents = {
  readonly store: StoreApi<RecentSources>;
  /** false also clears the list. */
  setRemember(remember: boolean): void;
  clear(): void;
};

/** Sources opened before, and the switch that says whether they are kept. */
export function RecentList({ recents }: { recents: Recents }) {
  const { remember, sources } = useStore(recents.store);
  return (
    <section className="zs-recent" aria-labelledby="zs-recent">
      <div className="zs-recent-head">
        <h2 id="zs-recent">Recent</h2>
        {sources.length > 0 && (
          <Button variant="quiet" onClick={() => recents.clear()}>
            Clear
          </Button>
        )}
        <Switch
          label="Remember recent sources"
          checked={remember}
          onChange={(next) => recents.setRemember(next)}
        />
      </div>
      {sources.length === 0 ? (
        <p className="zs-recent-empty">
          {remember
            ? "What you open is listed here, in this browser only."
            : "Nothing you open is kept."}
        </p>
      ) : (
        <ul className="zs-source-list">
          {sources.map(({ url, name, signed }) => (
            <li key={url}>
              <SourceLink url={url}>
                <span className="zs-source-name">
                  <bdi>{name}</bdi>
                </span>
                <span className="zs-source-url">
                  <bdi>{url}</bdi>
                </span>
                {signed && (
                  <span className="zs-source-note">Signed address; its signature was not kept</span>
                )}
              </SourceLink>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
