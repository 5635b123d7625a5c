import type { GeoJSONSource, LayerSpecification, Map as LibreMap, MapMouseEvent, StyleSpecification } from "maplibre-gl";
import { type Colours, makeMap, type MapWords } from "../../lib/map/base.ts";
import { shapeLayers, shapesSource } from "../../lib/map/shapes.ts";
import { type Box, boxAroundShapes } from "../../lib/points.ts";
import { type Place, type Store, waits } from "./store.ts";

type Points = GeoJSON.FeatureCollection<GeoJSON.Point>;
export type Layer = "premises" | "cameras";

const CHOSEN = ["alarms", "incidents", "units", "premises", "cameras"];
const NEAR = 14;

function points<Row>(rows: readonly Row[], place: (row: Row) => Place | null, properties: (row: Row) => object): Points {
  return {
    type: "FeatureCollection",
    features: rows.flatMap((row) => {
      const at = place(row);
      if (!at) return [];
      return [{ type: "Feature", geometry: { type: "Point", coordinates: [...at] }, properties: { ...properties(row) } }];
    }),
  };
}

function circle(source: string, colour: unknown, radius: number, edge: string, more: object = {}): LayerSpecification {
  return {
    id: source,
    type: "circle",
    source,
    filter: ["!", ["has", "point_count"]],
    paint: {
      "circle-color": colour as string,
      "circle-radius": radius,
      "circle-stroke-color": edge,
      "circle-stroke-width": 2,
    },
    ...more,
  } as LayerSpecification;
}

function letters(source: string, field: string, size: number, colour: string): LayerSpecification {
  return {
    id: `${source}-text`,
    type: "symbol",
    source,
    filter: ["!", ["has", "point_count"]],
    layout: {
      "text-field": ["get", field],
      "text-font": ["sans-serif"],
      "text-size": size,
      "text-allow-overlap": true,
      // As wide as the mark: names of places make way for it.
      "text-padding": 6,
    },
    paint: { "text-color": colour },
  };
}

function gathered(source: Layer, colour: Colours, visible: boolean): LayerSpecification[] {
  const visibility = visible ? "visible" : "none";
  const mark = source === "premises" ? colour.primary : colour.quiet;
  return [...counted(source, colour, mark, visibility), circle(source, mark, 5, colour.surface, { layout: { visibility } })];
}

/** What stands too close together to be told apart, as a ring with how many. */
function counted(source: string, colour: Colours, mark: string, visibility: "visible" | "none"): LayerSpecification[] {
  return [
    {
      id: `${source}-gathered`, type: "circle", source, filter: ["has", "point_count"], layout: { visibility },
      paint: { "circle-color": colour.surface, "circle-radius": 13, "circle-stroke-color": mark, "circle-stroke-width": 2 },
    },
    {
      id: `${source}-counts`, type: "symbol", source, filter: ["has", "point_count"],
      layout: {
        "text-field": ["to-string", ["get", "point_count"]], "text-font": ["sans-serif"], "text-size": 12,
        "text-allow-overlap": true, "text-padding": 8, visibility,
      },
      paint: { "text-color": colour.text },
    },
  ];
}

/** The map of the board. Its data lies in sources of its own, so that a change of theme loses none. */
export class Ground {
  readonly map: LibreMap;
  private readonly data: Record<string, Points> = {};
  private readonly layers: Record<Layer, boolean> = { premises: true, cameras: false };
  private readonly letter: string;
  onChoose: (sort: string, id: string) => void = () => undefined;

  constructor(container: HTMLElement, name: string, words: MapWords, letter: string, shapes: GeoJSON.FeatureCollection) {
    this.letter = letter;
    for (const source of CHOSEN) this.data[source] = points<never>([], () => null, () => ({}));
    const box: Box | null = boxAroundShapes(shapes);
    this.map = makeMap({ container, box, words, name, style: (colour) => this.style(colour, shapes) });
    this.map.on("click", (event) => void this.choose(event));
    this.map.on("mousemove", (event) => {
      const over = this.map.queryRenderedFeatures(event.point, { layers: this.present() }).length > 0;
      this.map.getCanvas().style.cursor = over ? "pointer" : "";
    });
  }

  private style(colour: Colours, shapes: GeoJSON.FeatureCollection): StyleSpecification {
    const state: readonly unknown[] = [
      "match", ["get", "status"],
      "available", colour.green, "assigned", colour.yellow, "en_route", colour.yellow, "at_scene", colour.red,
      colour.quiet,
    ];
    const light: readonly unknown[] = ["match", ["get", "light"], "red", colour.red, "yellow", colour.yellow, colour.blue];
    const plain = (source: string): object => ({ [source]: { type: "geojson", data: this.data[source] } });
    const clustered = (source: string, clusterRadius = 40): object => ({
      [source]: { type: "geojson", data: this.data[source], cluster: true, clusterRadius, clusterMaxZoom: NEAR },
    });
    return {
      version: 8,
      sources: {
        shapes: shapesSource(shapes),
        ...clustered("premises"), ...clustered("cameras"),
        // Units are followed one by one: only what lies on one another is counted.
        ...clustered("units", 16), ...plain("incidents"), ...plain("alarms"),
      },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": colour.page } },
        ...shapeLayers(colour),
        ...gathered("cameras", colour, this.layers.cameras),
        ...gathered("premises", colour, this.layers.premises),
        ...counted("units", colour, colour.green, "visible"),
        circle("units", state, 9, colour.surface),
        letters("units", "letter", 11, "#fff"),
        circle("incidents", light, 12, colour.text),
        letters("incidents", "letter", 13, "#fff"),
        // Who waits for an answer has a ring around it.
        {
          id: "alarms-ring", type: "circle", source: "alarms", filter: ["get", "waits"],
          paint: { "circle-radius": 20, "circle-opacity": 0, "circle-stroke-color": colour.red, "circle-stroke-width": 3 },
        },
        circle("alarms", light, 12, "#fff"),
        letters("alarms", "letter", 13, "#fff"),
      ],
    } as StyleSpecification;
  }

  private present(): string[] {
    return ["premises-gathered", "cameras-gathered", "units-gathered", ...CHOSEN].filter((layer) => this.map.getLayer(layer));
  }

  private async choose(event: MapMouseEvent): Promise<void> {
    const [feature] = this.map.queryRenderedFeatures(event.point, { layers: this.present() });
    if (!feature || feature.geometry.type !== "Point") return;
    const { cluster_id: cluster, id } = feature.properties as { cluster_id?: number; id?: string };
    if (cluster === undefined) {
      if (id) this.onChoose(feature.source, id);
      return;
    }
    const source = this.map.getSource(feature.source) as GeoJSONSource;
    const zoom = await source.getClusterExpansionZoom(cluster);
    this.map.easeTo({ center: feature.geometry.coordinates as [number, number], zoom });
  }

  private put(source: string, data: Points): void {
    this.data[source] = data;
    (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  }

  show(store: Store): void {
    this.put("alarms", points(store.queue, (row) => row.point, (row) => ({
      id: row.id, light: row.light, waits: waits(row), letter: this.letter,
    })));
    this.put("incidents", points(store.incidents, (row) => row.point, (row) => ({
      id: row.id, letter: String(row.priority), light: row.priority === 1 || row.late ? "red" : row.priority === 2 ? "yellow" : "blue",
    })));
    this.put("units", points(store.units, (row) => row.point, (row) => ({
      id: row.id, status: row.status, letter: (store.words["unit"]?.[row.kind] ?? row.kind).slice(0, 1),
    })));
  }

  /** Fill a layer of things that stand still. */
  fill(layer: Layer, rows: readonly (readonly [number, number, ...unknown[]])[]): void {
    this.put(layer, points(rows, ([lng, lat]) => [lng, lat], (row) => ({ id: row[row.length - 1] })));
  }

  toggle(layer: Layer): boolean {
    this.layers[layer] = !this.layers[layer];
    for (const part of [`${layer}-gathered`, `${layer}-counts`, layer]) {
      this.map.setLayoutProperty(part, "visibility", this.layers[layer] ? "visible" : "none");
    }
    return this.layers[layer];
  }

  /** Show all that is going on; without anything, the map stays on the whole area. */
  lookAtAll(store: Store): void {
    const places = [...store.queue, ...store.incidents, ...store.units].flatMap((row) => (row.point ? [row.point] : []));
    if (places.length === 0) return;
    const [lng, lat] = [places.map((place) => place[0]), places.map((place) => place[1])];
    const box = [Math.min(...lng), Math.min(...lat), Math.max(...lng), Math.max(...lat)] as [number, number, number, number];
    this.map.fitBounds(box, { padding: 60, maxZoom: NEAR - 1, animate: false });
  }

  look(place: Place | null): void {
    if (place) this.map.easeTo({ center: [...place], zoom: Math.max(this.map.getZoom(), NEAR) });
  }
}
