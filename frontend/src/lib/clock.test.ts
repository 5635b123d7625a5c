import assert from "node:assert/strict";
import { test } from "node:test";
import { leftText } from "./clock.ts";

test("what is left is told in minutes and seconds, and never less than nothing", () => {
  assert.deepEqual([3725, 60, 59.9, 0, -4].map(leftText), ["1:02:05", "1:00", "0:59", "0:00", "0:00"]);
});
