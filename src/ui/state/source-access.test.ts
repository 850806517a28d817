import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accessNote,
  mergedAccess,
  splitAccess,
  typedAccess,
  withoutSecrets,
} from "./source-access.ts";

const split = (text: string) => {
  const { address, access } = splitAccess(new URL(text));
  return { url: address.href, access };
};

describe("U02 U03 what is taken out of an address", () => {
  it.each([
    [
      "AWS",
      "https://b.s3.amazonaws.com/a.zarr?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F20260101&X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=SECRET&X-Amz-Security-Token=SECRET",
      Date.UTC(2026, 0, 1, 1),
    ],
    [
      "AWS, old",
      "https://b.s3.amazonaws.com/a.zarr?AWSAccessKeyId=AK&Signature=SECRET%3D&Expires=1767225600",
      Date.UTC(2026, 0, 1),
    ],
    [
      "Google",
      "https://storage.googleapis.com/b/a.zarr?X-Goog-Algorithm=GOOG4&X-Goog-Credential=c&X-Goog-Date=20260101T000000Z&X-Goog-Expires=60&X-Goog-SignedHeaders=host&X-Goog-Signature=SECRET",
      Date.UTC(2026, 0, 1, 0, 1),
    ],
    [
      "Azure",
      "https://acc.blob.core.windows.net/c/a.zarr?sv=2024-11-04&ss=b&srt=co&sp=rl&se=2026-01-01T00:00:00Z&st=2025-01-01T00:00:00Z&spr=https&sig=SECRET%2B",
      Date.UTC(2026, 0, 1),
    ],
    [
      "CloudFront",
      "https://d1.cloudfront.net/a.zarr?Expires=1767225600&Signature=SECRET&Key-Pair-Id=K&Policy=SECRET",
      Date.UTC(2026, 0, 1),
    ],
    ["a token", "https://h.org/a.zarr?access_token=SECRET", undefined],
    ["a key", "https://h.org/a.zarr?apikey=SECRET", undefined],
  ])("the signature of %s, all of it, and when it ends", (_, text, expiresMs) => {
    const { url, access } = split(text);
    expect(url).toBe(text.replace(/\?.*/, ""));
    expect(access?.search).toBe(new URL(text).search);
    expect(access?.expiresMs).toBe(expiresMs);
    expect(accessNote(access)?.kind).toBe("signature");
    expect(withoutSecrets(text)).not.toContain("SECRET");
  });

  it.each([
    ...["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"].flatMap(
      (part) => [`X-Amz-${part}`, `x-goog-${part.toLowerCase()}`],
    ),
    ...["X-Amz-Security-Token", "AWSAccessKeyId", "Signature", "sig", "Key-Pair-Id", "Policy"],
    ...["token", "access_token", "auth", "jwt", "key", "password"],
  ])("%s by itself, in any case; what stands beside it stays", (key) => {
    for (const name of [key, key.toUpperCase(), key.replaceAll("-", "%2D")]) {
      const text = `https://h.org/a.zarr?v=1&${name}=SECRET&w=2`;
      const { url, access } = split(text);
      expect(url).toBe("https://h.org/a.zarr?v=1&w=2");
      expect(access?.search).toBe(`?v=1&${name}=SECRET&w=2`);
      expect(withoutSecrets(text)).not.toContain("SECRET");
    }
  });

  it.each(["Expires", "se", "sp", "sv"])("%s beside a signature", (key) => {
    const text = `https://h.org/a.zarr?${key}=SECRET&sig=x`;
    expect(split(text).url).toBe("https://h.org/a.zarr");
    expect(withoutSecrets(text)).not.toContain("SECRET");
  });

  it("user name and password, for a header", () => {
    const { url, access } = split("https://us%40er:p%3Aw@h.org/a.zarr?v=1");
    expect(url).toBe("https://h.org/a.zarr?v=1");
    expect(access).toEqual({ authorization: `Basic ${btoa("us@er:p:w")}` });
    expect(accessNote(access)).toEqual({ kind: "password", expiresMs: undefined });
  });

  it("nothing else: other keys stay, also those that Azure uses, where nothing is signed", () => {
    const text = "https://h.org/a.zarr?versionId=3&sv=1&st=b&expires=never&tokenizer=x";
    expect(split(text)).toEqual({ url: text, access: undefined });
    expect(split("https://h.org/a?b=1&sig=S&c=%20d").url).toBe("https://h.org/a?b=1&c=%20d");
  });

  it("for any values, no secret is left in what is shown", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9+/=_-]{12,60}$/);
    const key = fc.constantFrom(
      "sig",
      "X-Amz-Signature",
      "x-goog-signature",
      "Policy",
      "token",
      "password",
    );
    const open = fc.array(
      fc.tuple(fc.constantFrom("a", "b", "se", "v"), fc.stringMatching(/^\w{0,6}$/)),
    );
    fc.assert(
      fc.property(key, secret, open, open, (name, value, before, after) => {
        const query = new URLSearchParams([...before, [name, `!${value}!`], ...after]);
        const text = `https://user:${encodeURIComponent(`!${value}!`)}@h.org/a.zarr?${query}`;
        const { url, access } = split(text);
        const encoded = encodeURIComponent(value);
        for (const shown of [url, withoutSecrets(text)]) {
          expect(shown).not.toContain(`${value}!`);
          expect(shown).not.toContain(encoded);
        }
        expect(new URLSearchParams(access?.search).get(name)).toBe(`!${value}!`);
        // Once taken out, there is nothing left to take out.
        expect(split(url)).toEqual({ url, access: undefined });
      }),
    );
  });
});

describe("what is typed", () => {
  it("is a signature if it is one, else a token", () => {
    expect(typedAccess(" ?sv=2024&sig=a%2B ")).toMatchObject({ search: "?sv=2024&sig=a%2B" });
    expect(typedAccess("sv=2024&se=2026-01-01&sig=a")).toMatchObject({
      search: "?sv=2024&se=2026-01-01&sig=a",
    });
    expect(typedAccess("eyJhbGciOi.x.y==")).toEqual({ authorization: "Bearer eyJhbGciOi.x.y==" });
    expect(typedAccess("Bearer abc")).toEqual({ authorization: "Bearer abc" });
  });

  it.each(["", "  ", "two words", "a\nb", "é", "?a=b", "x".repeat(20_000)])(
    "%j is neither",
    (text) => {
      expect(typedAccess(text)).toBeUndefined();
    },
  );

  it("goes together with the query of the address", () => {
    const sas = { search: "?sig=a" };
    expect(mergedAccess(undefined, sas, "")).toEqual({ search: "?sig=a" });
    expect(mergedAccess(undefined, sas, "?v=1")).toEqual({ search: "?v=1&sig=a" });
    expect(mergedAccess({ search: "?v=1" }, { authorization: "Bearer t" }, "")).toEqual({
      search: "?v=1",
      authorization: "Bearer t",
    });
    expect(mergedAccess(sas, undefined, "?v=1")).toBe(sas);
  });

  it("N05 stands instead of the address' own signature, which has expired", () => {
    const own = { search: "?v=1&sv=1&se=2026-01-01&sig=a", expiresMs: 1 };
    expect(mergedAccess(own, { search: "?sv=2&sig=b" }, "")).toEqual({ search: "?v=1&sv=2&sig=b" });
    expect(mergedAccess(own, { search: "?sig=b", expiresMs: 2 }, "")).toMatchObject({
      expiresMs: 2,
    });
  });
});
