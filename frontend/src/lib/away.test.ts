import assert from "node:assert/strict";
import { test } from "node:test";
import { metres } from "./away.ts";

test("a degree north is 111 km, a degree east less the further north", () => {
  assert.equal(Math.round(metres([102, 38], [102, 39]) / 1000), 111);
  assert.equal(Math.round(metres([102, 38], [103, 38]) / 1000), 88);
});
