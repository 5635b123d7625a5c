import assert from "node:assert/strict";
import { test } from "node:test";
import { boxAround, boxAroundShapes, countLights, mostUrgent, type Point, readPoints, toFeatures } from "./points.ts";

const red: Point = [102.1, 38.5, "red", "一号", "a"];
const blue: Point = [102.2, 38.6, "blue", "二号", "b"];
const green: Point = [103, 39, "green", "三号", "c"];

test("points are read and rows that are none are left out", () => {
  const rows = [red, [200, 38, "red", "", ""], [1, 2], [102, 38, "purple", "", ""], null, blue];
  assert.deepEqual(readPoints({ points: rows }), [red, blue]);
});

test("an answer without points is an error and not an empty map", () => {
  for (const answer of [null, {}, { points: "none" }, []]) {
    assert.throws(() => readPoints(answer), TypeError);
  }
});

test("the box holds every point", () => {
  assert.deepEqual(boxAround([red, blue, green]), [102.1, 38.5, 103, 39]);
  assert.equal(boxAround([]), null);
});

test("the box around shapes goes through every depth of coordinates", () => {
  const polygon = { type: "Polygon", coordinates: [[[1, 2], [3, 2], [3, 5], [1, 2]]] } as const;
  const point = { type: "Point", coordinates: [9, -1] } as const;
  const features = [polygon, point].map((geometry) => ({ type: "Feature", properties: {}, geometry }));
  const collection = { type: "FeatureCollection", features } as unknown as GeoJSON.FeatureCollection;
  assert.deepEqual(boxAroundShapes(collection), [1, -1, 9, 5]);
});

test("the list shows what is in view, red before blue, and no more than asked for", () => {
  assert.deepEqual(mostUrgent([blue, red, green], [102, 38, 102.5, 39], 10), [red, blue]);
  assert.deepEqual(mostUrgent([blue, red, green], [102, 38, 104, 40], 1), [red]);
});

test("lights are counted, also those nobody has", () => {
  assert.deepEqual(countLights([red, red, green]), { red: 2, yellow: 0, blue: 0, green: 1 });
});

test("features carry what a mark and its panel need", () => {
  const [feature] = toFeatures([red]).features;
  assert.deepEqual(feature?.geometry.coordinates, [102.1, 38.5]);
  assert.deepEqual(feature?.properties, { light: "red", number: "一号", id: "a" });
});
