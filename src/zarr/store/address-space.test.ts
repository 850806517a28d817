import { expect, test } from "vitest";
import { type AddressSpace, addressSpaceOf } from "./address-space.ts";

test.each<[string, AddressSpace]>([
  ["http://localhost:8000/a", "loopback"],
  ["http://viewer.localhost/", "loopback"],
  ["http://127.0.0.1/", "loopback"],
  ["http://2130706433/", "loopback"],
  ["http://127.1/", "loopback"],
  ["http://[::1]:80/", "loopback"],
  ["http://[::ffff:127.0.0.1]/", "loopback"],
  ["http://10.1.2.3/", "local"],
  ["http://172.16.0.1/", "local"],
  ["http://172.32.0.1/", "public"],
  ["http://192.168.0.7/", "local"],
  ["http://169.254.1.1/", "local"],
  ["http://[fe80::1]/", "local"],
  ["http://[fd12::1]/", "local"],
  ["http://[::ffff:192.168.1.1]/", "local"],
  ["http://nas/", "local"],
  ["http://nas.local/", "local"],
  ["https://data.example/", "public"],
  ["https://8.8.8.8/", "public"],
  ["https://[2001:db8::1]/", "public"],
  ["https://localhost.example/", "public"],
  ["https://10.example/", "public"],
])("%s is %s", (url, space) => {
  expect(addressSpaceOf(new URL(url))).toBe(space);
});
