import { pythonSnippet, s3AddressOf } from "../format/source-snippets.ts";
import { CopyText } from "./CopyText.tsx";

/** The source, to be taken to other tools. */
export function CopySource({ url, level }: { url: string; level: string }) {
  const s3 = s3AddressOf(url);
  return (
    <fieldset className="zs-copy-source">
      <legend>Copy as</legend>
      <CopyText label="URL" text={() => url} />
      {s3 !== undefined && <CopyText label="s3://" text={() => s3.url} />}
      <CopyText label="Python" text={() => pythonSnippet(url, level)} />
    </fieldset>
  );
}
