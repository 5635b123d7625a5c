import assert from "node:assert/strict";
import { test } from "node:test";
import { boxBetween, isBox } from "./boxes.ts";

test("a box is the same from whichever corner it is drawn, and stays inside", () => {
  assert.deepEqual(boxBetween([0.1, 0.2], [0.3, 0.25]), [100, 200, 200, 50]);
  assert.deepEqual(boxBetween([0.3, 0.25], [0.1, 0.2]), [100, 200, 200, 50]);
  assert.deepEqual(boxBetween([0.9, 0.9], [1.4, -2]), [900, 0, 100, 900]);
});

test("a click is no box", () => {
  assert.equal(isBox(boxBetween([0.5, 0.5], [0.501, 0.501])), false);
});
