import type { LayerSpecification, SourceSpecification, SymbolLayerSpecification } from "maplibre-gl";
import type { Colours } from "./base.ts";

export const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

export function shapesSource(data: GeoJSON.FeatureCollection): SourceSpecification {
  return { type: "geojson", data };
}

/** A name stands at its place or, where something lies there, beside it. */
export const ASIDE = {
  "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
  "text-radial-offset": 1.6,
} satisfies SymbolLayerSpecification["layout"];

/** Areas: a quiet fill, a border, and the name; an area known only by a point shows its name. */
export function shapeLayers(colour: Colours): LayerSpecification[] {
  return [
    {
      id: "shapes-fill",
      type: "fill",
      source: "shapes",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colour.surface, "fill-opacity": 0.9 },
    },
    {
      id: "shapes-line",
      type: "line",
      source: "shapes",
      paint: { "line-color": colour.quiet, "line-width": 1.2, "line-opacity": 0.7 },
    },
    {
      id: "shapes-name",
      type: "symbol",
      source: "shapes",
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["sans-serif"],
        "text-size": 14,
        "text-padding": 6,
        ...ASIDE,
      },
      paint: {
        "text-color": colour.quiet,
        "text-halo-color": colour.page,
        "text-halo-width": 1.5,
      },
    },
  ];
}
