import { Component, type ReactNode } from "react";
import { Button } from "../src/ui/kit/Button.tsx";

type PartBoundaryProps = {
  children: ReactNode;
  /** What stands in place of a part that failed; by default a sentence for the whole page. */
  fallback?: ReactNode;
};

/** Around what is loaded later: should it not come, or fail, the rest of the page stays. */
export class PartBoundary extends Component<PartBoundaryProps, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { children, fallback } = this.props;
    const { error } = this.state;
    if (error === undefined) return children;
    if (fallback !== undefined) return fallback;
    return (
      <main className="zs-cover">
        <section className="zs-failure" role="alert">
          <h1>A part of this page failed, or could not be loaded.</h1>
          <p className="zs-failure-action">
            A newer version may have been put up while the page was open. Load the page again; the
            address holds the view. If it happens again, please report it.
          </p>
          <p className="zs-failure-detail">
            <bdi>{`${error.name}: ${error.message}`}</bdi>
          </p>
          <div className="zs-failure-buttons">
            <Button variant="primary" onClick={() => location.reload()}>
              Load the page again
            </Button>
            <code className="zs-failure-code">ZS-PART</code>
          </div>
        </section>
      </main>
    );
  }
}
