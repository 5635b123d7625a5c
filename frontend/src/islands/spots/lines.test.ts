import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpot, writeSpot } from "./lines.ts";

test("a line says what it is and where", () => {
  const spot = { what: "旧居", lng: "102.18", lat: "38.5" };
  assert.deepEqual(readSpot("旧居，102.18，38.5"), spot);
  assert.equal(writeSpot(spot), "旧居, 102.18, 38.5");
  assert.deepEqual(readSpot("102.18, 38.5"), { what: "", lng: "102.18", lat: "38.5" });
});

test("what has no place yet keeps its words, and nothing is nothing", () => {
  assert.deepEqual(readSpot("公园"), { what: "公园", lng: "", lat: "" });
  assert.equal(writeSpot({ what: "公园，北门", lng: "", lat: "" }), "公园 北门");
  assert.equal(writeSpot(readSpot("")), "");
});
