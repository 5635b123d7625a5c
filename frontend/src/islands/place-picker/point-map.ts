import { Marker } from "maplibre-gl";
import { fetchJson } from "../../lib/fetch-json.ts";
import { makeMap } from "../../lib/map/base.ts";
import { EMPTY, shapeLayers, shapesSource } from "../../lib/map/shapes.ts";
import { type Box, boxAroundShapes } from "../../lib/points.ts";
import type { PointWords } from "./words.ts";

interface Position {
  lng: number;
  lat: number;
}

export interface PointMap {
  frame: HTMLElement;
  shapesUrl: string;
  words: PointWords;
  /** the mark there is, and where to look when there is none */
  present: Position | null;
  start: Position | null;
  set(at: Position): void;
  gone: AbortSignal;
}

const NEAR = 0.01;
// The least zoom at which single houses are told apart.
const CLOSE = 15;

function around(at: Position): Box {
  return [at.lng - NEAR, at.lat - NEAR, at.lng + NEAR, at.lat + NEAR];
}

export interface Drawn {
  /** take the mark off the map */
  remove(): void;
  /** put it where it was found by its name, and go there */
  go(at: Position): void;
}

/** Draw the map with a cross in its middle; returns what moves its mark. */
export async function openPointMap(options: PointMap): Promise<Drawn> {
  const { frame, shapesUrl, words, present, start, set, gone } = options;
  const shapes = shapesUrl
    ? ((await fetchJson(shapesUrl).catch(() => EMPTY)) as GeoJSON.FeatureCollection)
    : EMPTY;
  const container = document.createElement("div");
  container.className = "map-canvas";
  const cross = document.createElement("div");
  cross.className = "place-cross";
  cross.setAttribute("aria-hidden", "true");
  const here = document.createElement("button");
  here.type = "button";
  here.className = "button place-here";
  here.textContent = words.setHere;
  frame.replaceChildren(container, cross, here);

  const at = present ?? start;
  const map = makeMap({
    container,
    box: at ? around(at) : boxAroundShapes(shapes),
    words,
    gone,
    name: words.map,
    style: (colour) => ({
      version: 8,
      sources: { shapes: shapesSource(shapes) },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": colour.page } },
        ...shapeLayers(colour),
      ],
    }),
  });
  const pin = document.createElement("div");
  pin.className = "place-pin";
  const marker = new Marker({ element: pin, anchor: "bottom" });
  if (present) marker.setLngLat(present).addTo(map);
  const put = (at: Position): void => {
    marker.setLngLat(at).addTo(map);
    set(at);
  };
  map.on("click", (event) => put(event.lngLat));
  here.addEventListener("click", () => put(map.getCenter()));
  map.getCanvas().focus();
  return {
    remove: () => marker.remove(),
    go: (at) => {
      marker.setLngLat(at).addTo(map);
      map.jumpTo({ center: at, zoom: Math.max(map.getZoom(), CLOSE) });
    },
  };
}
