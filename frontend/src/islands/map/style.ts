import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Colours } from "../../lib/map/base.ts";
import { shapeLayers, shapesSource } from "../../lib/map/shapes.ts";
import { type Light, type Point, toFeatures } from "../../lib/points.ts";

export type Letters = Readonly<Record<Light, string>>;

/** How many in all, and below it how many of the most urgent light, with its letter. */
function countText(colour: Colours, letters: Letters): ExpressionSpecification {
  const worst = (light: "red" | "yellow"): unknown => [
    "format",
    ["to-string", ["get", "point_count"]],
    {},
    "\n",
    {},
    ["concat", letters[light], ["to-string", ["get", light]]],
    { "font-scale": 0.8, "text-color": light === "red" ? colour.redText : colour.yellowText },
  ];
  return [
    "case",
    [">", ["get", "red"], 0],
    worst("red"),
    [">", ["get", "yellow"], 0],
    worst("yellow"),
    ["format", ["to-string", ["get", "point_count"]], {}],
  ] as ExpressionSpecification;
}

function clusterLayers(colour: Colours, letters: Letters): LayerSpecification[] {
  return [
    {
      id: "clusters",
      type: "circle",
      source: "cases",
      filter: ["has", "point_count"],
      paint: {
        "circle-color": colour.surface,
        "circle-radius": ["step", ["get", "point_count"], 19, 50, 23, 500, 28],
        // The ring takes the colour of the most urgent case within.
        "circle-stroke-color": [
          "case",
          [">", ["get", "red"], 0],
          colour.red,
          [">", ["get", "yellow"], 0],
          colour.yellow,
          colour.blue,
        ],
        "circle-stroke-width": 4,
      },
    },
    {
      id: "cluster-counts",
      type: "symbol",
      source: "cases",
      filter: ["has", "point_count"],
      layout: {
        "text-field": countText(colour, letters),
        "text-font": ["sans-serif"],
        "text-size": 14,
        "text-line-height": 1.1,
        "text-allow-overlap": true,
        // As wide as the ring: names of places make way for it.
        "text-padding": 10,
      },
      paint: { "text-color": colour.text },
    },
  ];
}

const singleCases: LayerSpecification = {
  id: "cases",
  type: "symbol",
  source: "cases",
  filter: ["!", ["has", "point_count"]],
  layout: {
    "icon-image": ["concat", "light-", ["get", "light"]],
    "icon-allow-overlap": true,
    "icon-ignore-placement": true,
  },
};

function sumOf(light: string): [string, unknown[]] {
  return ["+", ["case", ["==", ["get", "light"], light], 1, 0]];
}

/** The whole style: areas below, clusters and single cases above. */
export function caseMapStyle(
  points: readonly Point[],
  shapes: GeoJSON.FeatureCollection,
  letters: Letters,
): (colour: Colours) => StyleSpecification {
  const features = toFeatures(points);
  return (colour) => ({
    version: 8,
    sources: {
      shapes: shapesSource(shapes),
      cases: {
        type: "geojson",
        data: features,
        cluster: true,
        clusterRadius: 48,
        clusterMaxZoom: 13,
        clusterProperties: { red: sumOf("red"), yellow: sumOf("yellow") },
      },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour.page } },
      ...shapeLayers(colour),
      ...clusterLayers(colour, letters),
      singleCases,
    ],
  });
}
