import assert from "node:assert/strict";
import { test } from "node:test";
import { besides, readPlaces } from "./places.ts";

const HOUSE = { name: "龙门路12号", address: "龙门路12号", label: "地址", town: "", longitude: 102.1, latitude: 38.5 };
const SCHOOL = { ...HOUSE, name: "龙门小学", label: "机构" };

test("places are read, and rows without a place on earth left out", () => {
  const rows = [HOUSE, { ...HOUSE, latitude: "38" }, { ...HOUSE, longitude: Number.NaN }, null, 7];
  assert.deepEqual(readPlaces({ places: rows }), [HOUSE]);
});

test("an answer without places is an error", () => {
  for (const answer of [null, {}, [], { places: "none" }]) {
    assert.throws(() => readPlaces(answer), TypeError);
  }
});

test("an address stands beside a name that does not say it", () => {
  assert.equal(besides(HOUSE), "地址");
  assert.equal(besides(SCHOOL), "机构 · 龙门路12号");
  assert.equal(besides({ ...SCHOOL, address: "", town: "东镇" }), "东镇 · 机构");
});
