import assert from "node:assert/strict";
import { test } from "node:test";
import { added, type Fix, MOST, without, worth } from "./keep.ts";

const fix = (second: number, latitude = 38.5): Fix => ({
  at: new Date(Date.UTC(2026, 2, 10, 12, 0, second)).toISOString(),
  longitude: 102.18,
  latitude,
  accuracy: 5,
});

test("a position is kept once, and the oldest give way", () => {
  const kept = added(added([], fix(1)), fix(1));
  assert.equal(kept.length, 1);
  const full = Array.from({ length: MOST }, (_unused, second) => fix(second));
  const more = added(full, fix(MOST));
  assert.equal(more.length, MOST);
  assert.equal(more[0]?.at, fix(1).at);
});

test("what came while the others were sent stays", () => {
  assert.deepEqual(without([fix(1), fix(2), fix(3)], [fix(1), fix(2)]), [fix(3)]);
});

test("standing still is told every half minute, walking every few metres", () => {
  assert.equal(worth(fix(0), undefined), true);
  assert.equal(worth(fix(10), fix(0)), false);
  assert.equal(worth(fix(30), fix(0)), true);
  assert.equal(worth(fix(5, 38.5001), fix(0)), true);
  assert.equal(worth(fix(1, 38.5001), fix(0)), false);
});
