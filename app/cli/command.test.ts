import { describe, expect, it } from "vitest";
import { parseCommand } from "./command.ts";
import { UsageError } from "./exit-code.ts";

describe("the command line", () => {
  it.each([
    [["inspect", "a.zarr"], { kind: "inspect", source: "a.zarr", json: false }],
    [["inspect", "--json", "a.zarr"], { kind: "inspect", source: "a.zarr", json: true }],
    [["inspect", "--", "--json"], { kind: "inspect", source: "--json", json: false }],
    [
      ["read", "a", "--array", "s0", "--select", "t=-1,y=-5:", "--out", "x.npy"],
      { kind: "read", source: "a", array: "s0", select: "t=-1,y=-5:", out: "x.npy" },
    ],
    [
      ["read", "-o", "x.npy", "a"],
      { kind: "read", source: "a", array: undefined, select: "", out: "x.npy" },
    ],
    [["open", "a"], { kind: "open", path: "a", port: 8484, browser: true }],
    [
      ["open", "a", "--port=0", "--no-browser"],
      { kind: "open", path: "a", port: 0, browser: false },
    ],
    [["--help"], { kind: "help", topic: undefined }],
    [["help", "open"], { kind: "help", topic: "open" }],
    [["open", "-h"], { kind: "help", topic: "open" }],
    [["--version"], { kind: "version" }],
  ])("%j", (args, command) => {
    expect(parseCommand(args)).toEqual(command);
  });

  it.each([
    [[]],
    [["look"]],
    [["inspect"]],
    [["inspect", ""]],
    [["inspect", "a", "b"]],
    [["inspect", "--no-such-option", "a"]],
    [["inspect", "--json=yes", "a"]],
    [["read", "a"]],
    [["read", "a", "--out", ""]],
    [["read", "--out", "x.npy"]],
    [["open"]],
    [["open", "a", "--port", "65536"]],
    [["open", "a", "--port", "-1"]],
    [["open", "a", "--port", "0x10"]],
  ])("%j is a usage error", (args) => {
    expect(() => parseCommand(args)).toThrow(UsageError);
  });
});
