import { describe, expect, it } from "vitest";
import { AccessVault } from "./access-vault.ts";

const url = "https://h.org/p/plate.zarr";

function vaultWith(search = "?sig=secret"): AccessVault {
  const vault = new AccessVault();
  vault.keep(url, { search });
  return vault;
}

describe("access that is kept in memory", () => {
  it("goes with what is read at its address, above it and below it, and with nothing else", () => {
    const vault = vaultWith();
    const searchOf = (other: string) => vault.specOf(other).search;
    expect(searchOf(url)).toBe("?sig=secret");
    expect(searchOf(`${url}/B/03/0`)).toBe("?sig=secret");
    expect(searchOf("https://h.org/p")).toBe("?sig=secret");
    for (const other of [
      "https://h.org/p/plate.zarr2",
      "https://evil.org/p/plate.zarr",
      "https://h.org/q",
    ])
      expect(searchOf(other)).toBe("");
  });

  it("of one address is not taken for another's", () => {
    const vault = vaultWith();
    vault.keep("https://h.org/p/other.zarr", { search: "?sig=other" });
    expect(vault.specOf(url).search).toBe("?sig=secret");
    expect(vault.specOf("https://h.org/p/other.zarr/0").search).toBe("?sig=other");
  });

  it("U05: a token is bound to its origin, and can be forgotten", () => {
    const vault = new AccessVault();
    vault.useFor(url, { authorization: "Bearer t" });
    expect(vault.specOf("https://h.org/else").authorization).toBe("Bearer t");
    expect(vault.noteOf("https://h.org/else")?.kind).toBe("token");
    for (const other of ["https://h.org:444/x", "http://h.org/x", "https://x.h.org/x"])
      expect(vault.specOf(other)).not.toHaveProperty("authorization");
    vault.useFor(url, undefined);
    expect(vault.noteOf(url)).toBeUndefined();
  });

  it("a typed signature joins the query of the address", () => {
    const vault = new AccessVault();
    vault.useFor(url, { search: "?sig=s" });
    expect(vault.specOf(`${url}?v=1`).search).toBe("?v=1&sig=s");
    expect(vault.signedUrl(url)).toBeUndefined();
  });

  it("leaves by signedUrl only where the address came with a signature", () => {
    expect(vaultWith().signedUrl(url)).toBe(`${url}?sig=secret`);
    expect(vaultWith().signedUrl("https://h.org/q")).toBeUndefined();
  });

  it("is bounded: the oldest goes first", () => {
    const vault = new AccessVault();
    for (let i = 0; i < 60; i++) vault.keep(`https://h.org/${i}.zarr`, { search: `?sig=${i}` });
    expect(vault.noteOf("https://h.org/0.zarr")).toBeUndefined();
    expect(vault.noteOf("https://h.org/59.zarr")?.kind).toBe("signature");
  });
});

describe("N29 what the browser keeps of data that were changed", () => {
  it("is not believed, for all of that origin and for no other", () => {
    const vault = vaultWith();
    vault.distrustCache(`${url}/B/03/0`);
    expect(vault.specOf(url)).toMatchObject({ revalidate: true, search: "?sig=secret" });
    expect(vault.specOf("https://h.org/q")).toMatchObject({ revalidate: true });
    expect(vault.specOf("https://other.org/q")).not.toHaveProperty("revalidate");
  });
});
