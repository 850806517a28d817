import { expect, test } from "vitest";
import { isOtherVersion, KnownVersions, versionOf } from "./object-version.ts";

const version = (etag?: string, lastModified?: string) =>
  versionOf(
    new Response(null, {
      headers: {
        ...(etag === undefined ? {} : { ETag: etag }),
        ...(lastModified === undefined ? {} : { "Last-Modified": lastModified }),
      },
    }),
  );
const noon = "Thu, 01 Jan 2026 12:00:00 GMT";
const later = "Thu, 01 Jan 2026 12:00:01 GMT";
const noonMs = Date.parse(noon);

test.each([
  ["other strong tags", version('"a"'), version('"b"'), true],
  ["the same tag, other dates", version('"a"', noon), version('"a"', later), false],
  ["other tags, the same date", version('"a"', noon), version('"b"', noon), true],
  ["weak tags tell nothing", version('W/"a"'), version('W/"b"'), false],
  ["a tag that only one has", version('"a"', noon), version(undefined, noon), false],
  ["other dates without tags", version(undefined, noon), version(undefined, later), true],
  ["the transfer's compression is no version", version('"a-gzip"'), version('"a"'), false],
  ["nothing said", version(), version(), false],
  ["a date that is none", version(undefined, "yesterday"), version(undefined, noon), false],
])("N29 %s", (_, a, b, isOther) => {
  expect(isOtherVersion(a, b)).toBe(isOther);
  expect(isOtherVersion(b, a)).toBe(isOther);
});

test("N29 the version that was read first is the one that counts", () => {
  const versions = new KnownVersions(undefined);
  expect(versions.isChanged("k", version('"a"'), noonMs)).toBe(false);
  expect(versions.isChanged("k", version('"b"'), noonMs)).toBe(true);
  expect(versions.isChanged("k", version('"b"'), noonMs)).toBe(true);
  expect(versions.isChanged("k", version('"a"'), noonMs)).toBe(false);
  expect(versions.isChanged("other", version('"b"'), noonMs)).toBe(false);
});

test("N29 what was modified after the opening is changed, unless an answer from the future shows that the clocks differ", () => {
  const versions = new KnownVersions(noonMs);
  const minuteMs = 60_000;
  expect(versions.isChanged("a", version(undefined, noon), noonMs + minuteMs)).toBe(false);
  expect(versions.isChanged("b", version(undefined, later), noonMs + minuteMs)).toBe(true);
  // Ten minutes ahead of this computer.
  const ahead = new Date(noonMs + 10 * minuteMs).toUTCString();
  expect(versions.isChanged("c", version(undefined, ahead), noonMs + minuteMs)).toBe(false);
  expect(versions.isChanged("b", version(undefined, later), noonMs + minuteMs)).toBe(false);
});

test("N29 versions are kept of a bounded number of objects", () => {
  const versions = new KnownVersions(undefined);
  for (let i = 0; i < 5_000; i++) versions.isChanged(`k${i}`, version('"a"'), noonMs);
  expect(versions.isChanged("k4999", version('"b"'), noonMs)).toBe(true);
  expect(versions.isChanged("k0", version('"b"'), noonMs)).toBe(false);
});
