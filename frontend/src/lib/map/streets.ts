import { ASIDE } from "./shapes.ts";
import type {
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
} from "maplibre-gl";
import type { Colours } from "./base.ts";

export interface BaseMap {
  /** where the tiles of this map are: a path that ends in a slash */
  path: string;
  credit: string;
  madeUp: boolean;
}

const CREDITS = "https://www.openstreetmap.org/copyright";
const LEAST_ZOOM = 4;
const MOST_ZOOM = 14;
const MAIN = ["motorway", "trunk", "primary"];
// Areas lie over the streets: enough to be told from their neighbours, and no more.
const SHADE = 0.06;

/** What the page says about the base map; null where none was imported. */
export function baseMap(page: DOMStringMap): BaseMap | null {
  const path = page["baseMap"];
  if (!path) return null;
  return { path, credit: page["baseCredit"] ?? "", madeUp: page["baseMadeUp"] !== undefined };
}

function attribution(base: BaseMap): string {
  const text = document.createElement("span");
  text.textContent = base.credit;
  return base.madeUp ? text.innerHTML : `<a href="${CREDITS}" rel="noopener">${text.innerHTML}</a>`;
}

function byKind(colours: Record<string, string>, other: string): ExpressionSpecification {
  const pairs = Object.entries(colours).flat();
  return ["match", ["get", "kind"], ...pairs, other] as unknown as ExpressionSpecification;
}

/** Widths grow with the zoom; `more` pixels make the edge of a road. */
function width(more: number): ExpressionSpecification {
  const at = (motorway: number, main: number, minor: number, path: number): unknown => [
    "match",
    ["get", "kind"],
    "motorway", motorway + more,
    "trunk", motorway + more,
    "primary", main + more,
    "secondary", main + more,
    "tertiary", (main + minor) / 2 + more,
    "minor", minor + more,
    path + more,
  ];
  return [
    "interpolate", ["exponential", 1.5], ["zoom"],
    6, at(0.8, 0.5, 0.2, 0.1),
    12, at(3, 2.2, 0.9, 0.5),
    15, at(7, 6, 4, 1.4),
    18, at(22, 20, 15, 4),
  ] as unknown as ExpressionSpecification;
}

function ground(colour: Colours): LayerSpecification[] {
  return [
    {
      id: "base-land",
      type: "fill",
      source: "base",
      "source-layer": "land",
      paint: {
        "fill-color": byKind(
          {
            built: colour.mapBuilt,
            industry: colour.mapIndustry,
            farm: colour.mapFarm,
            green: colour.mapGreen,
          },
          colour.mapLand,
        ),
      },
    },
    {
      id: "base-water",
      type: "fill",
      source: "base",
      "source-layer": "water",
      paint: { "fill-color": colour.mapWater },
    },
    {
      id: "base-stream",
      type: "line",
      source: "base",
      "source-layer": "stream",
      paint: {
        "line-color": colour.mapWater,
        "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.8, 16, 4],
      },
    },
    {
      id: "base-building",
      type: "fill",
      source: "base",
      "source-layer": "building",
      minzoom: 14,
      paint: { "fill-color": colour.mapHouse },
    },
  ];
}

function roads(colour: Colours): LayerSpecification[] {
  const kind: ExpressionSpecification = ["get", "kind"];
  const isPath: ExpressionSpecification = ["in", kind, ["literal", ["path", "rail"]]];
  const drive: ExpressionSpecification = ["!", isPath];
  const round = { "line-cap": "round", "line-join": "round" } as const;
  const road = { type: "line", source: "base", "source-layer": "road" } as const;
  return [
    {
      ...road,
      id: "base-path",
      filter: isPath,
      paint: {
        "line-color": colour.mapPath,
        "line-width": 1.2,
        "line-dasharray": [3, 2],
      },
    },
    {
      ...road,
      id: "base-road-edge",
      minzoom: 9,
      filter: drive,
      layout: round,
      paint: { "line-color": colour.mapRoadEdge, "line-width": width(1.4) },
    },
    {
      ...road,
      id: "base-road",
      filter: drive,
      layout: round,
      paint: {
        "line-color": ["case", ["in", kind, ["literal", MAIN]], colour.mapMainRoad, colour.mapRoad],
        "line-width": width(0),
      },
    },
  ];
}

function names(colour: Colours): LayerSpecification[] {
  const paint = {
    "text-color": colour.quiet,
    "text-halo-color": colour.mapLand,
    "text-halo-width": 1.4,
  };
  return [
    {
      id: "base-road-name",
      type: "symbol",
      source: "base",
      "source-layer": "road",
      minzoom: 13,
      filter: ["has", "name"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["sans-serif"],
        "symbol-placement": "line",
        "text-size": 12,
      },
      paint,
    },
    {
      id: "base-poi-name",
      type: "symbol",
      source: "base",
      "source-layer": "poi",
      minzoom: 15,
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["sans-serif"],
        "text-size": 12,
        "text-optional": true,
      },
      paint,
    },
    {
      id: "base-place-name",
      type: "symbol",
      source: "base",
      "source-layer": "place",
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["sans-serif"],
        "text-size": ["match", ["get", "kind"], "city", 18, "town", 16, 13],
        ...ASIDE,
      },
      paint: { ...paint, "text-color": colour.text },
    },
  ];
}

/** Put a style on the base map: its layers lie above the ground and below everything else. */
export function onBaseMap(
  style: StyleSpecification,
  base: BaseMap,
  colour: Colours,
): StyleSpecification {
  const [first, ...others] = style.layers;
  const above = others.map((layer): LayerSpecification =>
    layer.id === "shapes-fill" && layer.type === "fill"
      ? { ...layer, paint: { ...layer.paint, "fill-color": colour.primary, "fill-opacity": SHADE } }
      : layer,
  );
  const land: LayerSpecification = {
    id: first?.id ?? "ground",
    type: "background",
    paint: { "background-color": colour.mapLand },
  };
  return {
    ...style,
    sources: {
      base: {
        type: "vector",
        tiles: [`${location.origin}${base.path}{z}/{x}/{y}.mvt`],
        minzoom: LEAST_ZOOM,
        maxzoom: MOST_ZOOM,
        attribution: attribution(base),
      },
      ...style.sources,
    },
    layers: [land, ...ground(colour), ...roads(colour), ...names(colour), ...above],
  };
}
