import assert from "node:assert/strict";
import { test } from "node:test";
import { spell } from "./clocks.ts";

test("a length of time is read at a glance", () => {
  const read = [9, 60, 754.4, 3725, -5].map(spell);
  assert.deepEqual(read, ["0:09", "1:00", "12:34", "1:02:05", "0:00"]);
});
