import { lazy, Suspense } from "react";
import { Section } from "../kit/Section.tsx";
import { useViewer } from "../state/viewer-context.ts";

const ImageFacts = lazy(async () => ({ default: (await import("./ImageFacts.tsx")).ImageFacts }));

/** What the image is. What stands in it comes after the picture. */
export function ImageInfo({ defaultOpen = false }: { defaultOpen?: boolean }) {
  const source = useViewer((state) => state.source);
  if (source.status !== "open") return null;
  return (
    <Section title="Image" defaultOpen={defaultOpen}>
      <Suspense>
        <ImageFacts image={source.image} url={source.url} />
      </Suspense>
    </Section>
  );
}
