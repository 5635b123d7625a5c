import type { GeoJSONSource, Map as LibreMap, MapMouseEvent } from "maplibre-gl";
import { fetchJson } from "../../lib/fetch-json.ts";
import { labels } from "../../lib/labels.ts";
import { makeMap } from "../../lib/map/base.ts";
import { supplyMarks } from "../../lib/map/marks.ts";
import { EMPTY } from "../../lib/map/shapes.ts";
import { boxAround, boxAroundShapes, mostUrgent, type Point, readPoints } from "../../lib/points.ts";
import { CaseList } from "./list.ts";
import { caseMapStyle } from "./style.ts";

const LISTED = 50;
const WORDS = [
  "name", "zoomIn", "zoomOut", "gestures", "loading", "empty", "failed", "summary", "inView",
  "openCase", "close", "red", "yellow", "blue", "green", "redLetter", "yellowLetter", "blueLetter",
  "greenLetter",
] as const;

interface Loaded {
  points: Point[];
  total: number;
  shapes: GeoJSON.FeatureCollection;
}

async function load(element: HTMLElement): Promise<Loaded> {
  const { points: pointsUrl, shapes: shapesUrl } = element.dataset;
  const [answer, shapes] = await Promise.all([
    pointsUrl ? fetchJson(pointsUrl) : { points: [] },
    shapesUrl ? fetchJson(shapesUrl) : EMPTY,
  ]);
  const points = readPoints(answer);
  const total = (answer as { total?: number }).total ?? points.length;
  return { points, total, shapes: shapes as GeoJSON.FeatureCollection };
}

/** Go nearer when a cluster is chosen, open the panel when a single case is. */
function watchChoices(map: LibreMap, choose: (id: string) => void): void {
  const layers = ["clusters", "cases"];
  map.on("click", async (event: MapMouseEvent) => {
    const [feature] = map.queryRenderedFeatures(event.point, { layers });
    if (!feature || feature.geometry.type !== "Point") return;
    const properties = feature.properties as { cluster_id?: number; id?: string };
    if (properties.cluster_id === undefined) {
      if (properties.id) choose(properties.id);
      return;
    }
    const source = map.getSource("cases") as GeoJSONSource;
    const zoom = await source.getClusterExpansionZoom(properties.cluster_id);
    map.easeTo({ center: feature.geometry.coordinates as [number, number], zoom });
  });
  map.on("mousemove", (event) => {
    const over = map.queryRenderedFeatures(event.point, { layers }).length > 0;
    map.getCanvas().style.cursor = over ? "pointer" : "";
  });
}

function draw(element: HTMLElement, loaded: Loaded, gone: AbortSignal): void {
  const words = labels(element, WORDS);
  const container = element.querySelector<HTMLElement>(".map-canvas");
  const panel = element.querySelector<HTMLElement>(".map-panel");
  const listRoot = element.querySelector<HTMLElement>(".map-list");
  if (!container || !panel || !listRoot) return;
  const { points, shapes } = loaded;
  const letters = {
    red: words.redLetter,
    yellow: words.yellowLetter,
    blue: words.blueLetter,
    green: words.greenLetter,
  };
  const map = makeMap({
    container,
    box: boxAround(points) ?? boxAroundShapes(shapes),
    words,
    name: words.name,
    style: caseMapStyle(points, shapes, letters),
    gone,
  });
  supplyMarks(map, letters);
  const list = new CaseList(listRoot, words, element.dataset["case"] ?? "");
  list.summarise(points, loaded.total);
  // The place of one case is told by the page around the map.
  listRoot.hidden = points.length === 1 && !element.dataset["case"];
  const byId = new Map(points.map((point) => [point[4], point]));
  watchChoices(map, (id) => {
    const point = byId.get(id);
    if (point) list.open(panel, point, () => map.getCanvas().focus());
  });
  const listView = (): void => {
    const box = map.getBounds().toArray().flat() as [number, number, number, number];
    list.show(mostUrgent(points, box, LISTED));
  };
  map.on("moveend", listView);
  listView();
}

/** Fetch and draw; while fetching, when there is nothing, and when it fails, say so. */
export async function mount(element: HTMLElement, gone: AbortSignal): Promise<void> {
  const state = element.querySelector<HTMLElement>(".map-state");
  const retry = element.querySelector<HTMLButtonElement>("[data-retry]");
  const words = labels(element, WORDS);
  const say = (text: string, failed = false): void => {
    if (state) state.hidden = !text;
    const line = state?.querySelector("p");
    if (line) line.textContent = text;
    if (retry) retry.hidden = !failed;
  };
  const attempt = async (): Promise<void> => {
    say(words.loading);
    try {
      const loaded = await load(element);
      if (gone.aborted) return;
      draw(element, loaded, gone);
      say(loaded.points.length > 0 ? "" : words.empty);
    } catch (error) {
      console.error(error);
      say(words.failed, true);
    }
  };
  retry?.addEventListener("click", () => void attempt());
  await attempt();
}
