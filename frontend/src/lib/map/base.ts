// A map on the base map that was imported, or on an empty ground. Nothing is fetched from anywhere
// but our own server.
import "maplibre-gl/dist/maplibre-gl.css";
import {
  AttributionControl,
  Map as LibreMap,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { onThemeChange } from "../../islands/theme/index.ts";
import type { Box } from "../points.ts";
import { baseMap, onBaseMap } from "./streets.ts";

setWorkerUrl(workerUrl);

const FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const NARROW = "(max-width: 699px)";

const TOKENS = {
  page: "--page",
  surface: "--surface",
  text: "--text",
  quiet: "--quiet",
  primary: "--primary",
  red: "--red",
  redText: "--red-text",
  yellow: "--yellow",
  yellowText: "--yellow-text",
  blue: "--blue",
  green: "--green",
  mapLand: "--map-land",
  mapBuilt: "--map-built",
  mapIndustry: "--map-industry",
  mapFarm: "--map-farm",
  mapGreen: "--map-green",
  mapWater: "--map-water",
  mapHouse: "--map-house",
  mapRoad: "--map-road",
  mapMainRoad: "--map-main-road",
  mapRoadEdge: "--map-road-edge",
  mapPath: "--map-path",
} as const;

export type Colours = Record<keyof typeof TOKENS, string>;

/** The page's colours of this moment, as the browser resolves them. */
export function colours(): Colours {
  const probe = document.createElement("span");
  document.body.append(probe);
  const pairs = Object.entries(TOKENS).map(([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(pairs) as Colours;
}

export interface MapWords {
  zoomIn: string;
  zoomOut: string;
  gestures: string;
}

export interface MapOptions {
  container: HTMLElement;
  box: Box | null;
  words: MapWords;
  name: string;
  style(colours: Colours): StyleSpecification;
  /** How much larger than on a desk it is drawn; the page enlarges the container by as much. */
  enlarged?: number;
  /** Takes it down: a browser has room for few maps at a time, and ends the oldest for a new one. */
  gone?: AbortSignal | undefined;
}

/** Make a map that follows the theme: its style is drawn anew whenever the colours change. */
export function makeMap({ container, box, words, name, style, enlarged = 1, gone }: MapOptions): LibreMap {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const base = baseMap(document.body.dataset);
  const drawn = (): StyleSpecification => {
    const now = colours();
    return base ? onBaseMap(style(now), base, now) : style(now);
  };
  const map = new LibreMap({
    container,
    style: drawn(),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 18,
    pixelRatio: devicePixelRatio * enlarged,
    fadeDuration: still ? 0 : 150,
    cooperativeGestures: matchMedia(NARROW).matches,
    localIdeographFontFamily: FONT,
    locale: {
      "NavigationControl.ZoomIn": words.zoomIn,
      "NavigationControl.ZoomOut": words.zoomOut,
      "CooperativeGesturesHandler.WindowsHelpText": words.gestures,
      "CooperativeGesturesHandler.MacHelpText": words.gestures,
      "CooperativeGesturesHandler.MobileHelpText": words.gestures,
      "Map.Title": name,
    },
    ...(box ? { bounds: [box[0], box[1], box[2], box[3]], fitBoundsOptions: { padding: 40, maxZoom: 15 } } : {}),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  if (base) map.addControl(new AttributionControl({ compact: false }), "bottom-right");
  onThemeChange(() => map.setStyle(drawn(), { diff: false }), gone);
  gone?.addEventListener("abort", () => map.remove());
  return map;
}
