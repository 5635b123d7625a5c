/** Case points as the server sends them, and what a map and its list make of them. */
export const LIGHTS = ["red", "yellow", "blue", "green"] as const;
export type Light = (typeof LIGHTS)[number];

/** longitude, latitude (WGS-84), light, number for people, id for the address. */
export type Point = readonly [lng: number, lat: number, light: Light, number: string, id: string];

/** west, south, east, north */
export type Box = readonly [number, number, number, number];

function isPoint(row: unknown): row is Point {
  if (!Array.isArray(row) || row.length < 5) return false;
  const [lng, lat, light, number, id] = row as unknown[];
  return (
    typeof lng === "number" &&
    typeof lat === "number" &&
    Math.abs(lng) <= 180 &&
    Math.abs(lat) <= 90 &&
    LIGHTS.includes(light as Light) &&
    typeof number === "string" &&
    typeof id === "string"
  );
}

/** Read `{"points": [...]}`; a row that is not a point is left out, anything else is an error. */
export function readPoints(answer: unknown): Point[] {
  const rows = (answer as { points?: unknown } | null)?.points;
  if (!Array.isArray(rows)) throw new TypeError("the answer has no list of points");
  return rows.filter(isPoint);
}

export function toFeatures(points: readonly Point[]): GeoJSON.FeatureCollection<GeoJSON.Point> {
  return {
    type: "FeatureCollection",
    features: points.map(([lng, lat, light, number, id]) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [lng, lat] },
      properties: { light, number, id },
    })),
  };
}

function grow(box: Box | null, lng: number, lat: number): Box {
  if (!box) return [lng, lat, lng, lat];
  const [west, south, east, north] = box;
  return [Math.min(west, lng), Math.min(south, lat), Math.max(east, lng), Math.max(north, lat)];
}

/** The smallest box around the points, null when there are none. */
export function boxAround(points: readonly Point[]): Box | null {
  return points.reduce<Box | null>((box, [lng, lat]) => grow(box, lng, lat), null);
}

/** The smallest box around any GeoJSON coordinates, however deep. */
export function boxAroundShapes(collection: GeoJSON.FeatureCollection): Box | null {
  let box: Box | null = null;
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === "number" && typeof value[1] === "number") {
      box = grow(box, value[0], value[1]);
    } else value.forEach(visit);
  };
  for (const feature of collection.features) {
    if (feature.geometry && "coordinates" in feature.geometry) visit(feature.geometry.coordinates);
  }
  return box;
}

/** The points inside the box, the most urgent first, at most `limit`. */
export function mostUrgent(points: readonly Point[], box: Box, limit: number): Point[] {
  const [west, south, east, north] = box;
  const inside = points.filter(
    ([lng, lat]) => lng >= west && lng <= east && lat >= south && lat <= north,
  );
  const rank = (point: Point): number => LIGHTS.indexOf(point[2]);
  return inside.sort((one, other) => rank(one) - rank(other)).slice(0, limit);
}

export function countLights(points: readonly Point[]): Record<Light, number> {
  const counts = { red: 0, yellow: 0, blue: 0, green: 0 };
  for (const point of points) counts[point[2]] += 1;
  return counts;
}
