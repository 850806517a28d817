import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pageWords, startOf } from "./page-words.ts";

const words = (html: string) => pageWords(new TextEncoder().encode(html));

describe("N19 the first words of a web page", () => {
  test.each([
    [
      "title, then what the page says",
      "<!DOCTYPE html><html><head><title>Log in</title></head><body><h1>Lab</h1> Please\n log in",
      "Log in Lab Please log in",
    ],
    [
      "no scripts, styles and comments",
      "<html><script>alert(1)</script><style>a{}</style><!-- x --><p>Hello",
      "Hello",
    ],
    ["entities", "<html>R&amp;D &lt;b&gt; &quot;x&quot;", 'R&D <b> "x"'],
    ["nothing after a tag that does not end", "<html>a<img onerror=alert(1) ", "a"],
    ["nothing after a script that does not end", "<html>a<script>b", "a"],
    ["no marks of direction", "<html>a\u202Eb\u0000c", "a b c"],
    ["none", "<html><body></body></html>", undefined],
  ])("%s", (_, html, expected) => {
    expect(words(html)).toBe(expected);
  });

  test("are few, and of whole characters", () => {
    const text = words(`<html>${"😀".repeat(5_000)}`);
    expect([...(text ?? "")]).toHaveLength(101);
    expect(text).toMatch(/^(😀)+…$/u);
  });

  test("property: whatever comes, one short line", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const text = pageWords(bytes) ?? "x";
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\n]/u);
        expect([...text].length).toBeLessThanOrEqual(101);
      }),
    );
  });

  test("of a body without an end only the beginning is read", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new TextEncoder().encode("<p>on and on</p>".repeat(100)));
      },
    });
    const start = await startOf(new Response(endless));
    expect(start.byteLength).toBe(16 * 1024);
    expect(pulled).toBeLessThan(20);
    expect((await startOf(new Response(null))).byteLength).toBe(0);
  });
});
