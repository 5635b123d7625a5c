import assert from "node:assert/strict";
import { test } from "node:test";
import { type Area, pathBelow, readAreas, step, withQuery } from "./areas.ts";

test("areas are read and rows that are none are left out", () => {
  const city = { code: "6203", name: "金昌市", level: "city", has_children: true };
  assert.deepEqual(readAreas({ areas: [city, { code: 6 }, null, { ...city, level: "planet" }] }), [city]);
  assert.throws(() => readAreas({}), TypeError);
});

test("a path begins where the person's areas begin", () => {
  const [city, county, village] = ["6203", "620302", "620302003002"].map(
    (code) => ({ code, name: code, level: "city", has_children: true }) satisfies Area,
  ) as [Area, Area, Area];
  assert.deepEqual(pathBelow([city, county, village], [county]), [county, village]);
  assert.deepEqual(pathBelow([city, county], [city]), [city, county]);
  assert.deepEqual(pathBelow([city], [village]), []);
});

test("parameters join an address with and without some of its own", () => {
  assert.equal(withQuery("/areas/", {}), "/areas/");
  assert.equal(withQuery("/areas/", { parent: "62" }), "/areas/?parent=62");
  assert.equal(withQuery("/areas/?open=1", { words: "龙门" }), "/areas/?open=1&words=%E9%BE%99%E9%97%A8");
});

test("arrow keys go round a list and stay out of an empty one", () => {
  assert.equal(step(-1, "ArrowDown", 3), 0);
  assert.equal(step(2, "ArrowDown", 3), 0);
  assert.equal(step(0, "ArrowUp", 3), 2);
  assert.equal(step(-1, "ArrowUp", 3), 2);
  assert.equal(step(1, "Home", 3), 0);
  assert.equal(step(1, "End", 3), 2);
  assert.equal(step(1, "a", 3), 1);
  assert.equal(step(0, "ArrowDown", 0), -1);
});
