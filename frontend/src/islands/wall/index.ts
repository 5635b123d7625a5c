// A screen across the room: one area after the other, anew whenever a figure changed.
import type { Map as LibreMap } from "maplibre-gl";
import { fetchJson } from "../../lib/fetch-json.ts";
import { labels } from "../../lib/labels.ts";
import { makeMap } from "../../lib/map/base.ts";
import { supplyMarks } from "../../lib/map/marks.ts";
import { EMPTY } from "../../lib/map/shapes.ts";
import { boxAround, boxAroundShapes, type Point, readPoints } from "../../lib/points.ts";
import { listen } from "../../lib/stream.ts";
import { caseMapStyle } from "../map/style.ts";

const SHOWN = 12_000;
// A wall is looked at, not worked at: so many milliseconds between two looks at the figures.
const PAUSE = 2_000;
const KINDS = ["folded", "alarm", "incident", "unit", "units", "moved", "hello", "reset"] as const;
// As `scale` in wall.css: what is written on a map must be read across the room, too.
const ENLARGED = 1.8;
const WORDS = [
  "name", "zoomIn", "zoomOut", "gestures", "deaf", "redLetter", "yellowLetter", "blueLetter", "greenLetter",
] as const;

function startClock(element: HTMLElement): void {
  const clock = element.querySelector<HTMLElement>("[data-clock]");
  const form = new Intl.DateTimeFormat(document.documentElement.lang, {
    month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false,
    timeZone: "Asia/Shanghai",
  });
  const tick = (): void => {
    if (clock) clock.textContent = form.format(new Date());
    window.setTimeout(tick, 60_000 - (Date.now() % 60_000));
  };
  tick();
}

async function drawMap(element: HTMLElement): Promise<LibreMap | undefined> {
  const container = element.querySelector<HTMLElement>(".map-canvas");
  if (!container) return undefined;
  const words = labels(element, WORDS);
  const { points: pointsUrl, shapes: shapesUrl } = element.dataset;
  const [answer, found] = await Promise.all([
    pointsUrl ? fetchJson(pointsUrl) : { points: [] },
    shapesUrl ? fetchJson(shapesUrl) : EMPTY,
  ]);
  const points: Point[] = readPoints(answer);
  const shapes = found as GeoJSON.FeatureCollection;
  const letters = {
    red: words.redLetter, yellow: words.yellowLetter, blue: words.blueLetter, green: words.greenLetter,
  };
  const map = makeMap({
    container,
    box: boxAround(points) ?? boxAroundShapes(shapes),
    words,
    name: words.name,
    style: caseMapStyle(points, shapes, letters),
    enlarged: ENLARGED,
  });
  supplyMarks(map, letters);
  return map;
}

/** Show the areas in turn; what is fetched anew goes on with the area that was shown. */
class Turns {
  readonly element: HTMLElement;
  private current = "";
  paused = false;

  constructor(element: HTMLElement) {
    this.element = element;
  }

  private get panels(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>("[data-panel]")];
  }

  show(): void {
    const { panels } = this;
    if (!panels.some((panel) => panel.dataset["panel"] === this.current)) {
      this.current = panels[0]?.dataset["panel"] ?? "";
    }
    for (const panel of panels) panel.hidden = panel.dataset["panel"] !== this.current;
    for (const part of this.element.querySelectorAll<HTMLElement>("[data-part]")) {
      part.toggleAttribute("aria-current", part.dataset["part"] === this.current);
    }
  }

  next(): void {
    if (this.paused) return;
    const codes = this.panels.map((panel) => panel.dataset["panel"] ?? "");
    this.current = codes[(codes.indexOf(this.current) + 1) % codes.length] ?? "";
    this.show();
  }
}

function watchPause(element: HTMLElement, turns: Turns): void {
  const button = element.querySelector<HTMLButtonElement>("[data-pause]");
  button?.addEventListener("click", () => {
    turns.paused = !turns.paused;
    button.setAttribute("aria-pressed", String(turns.paused));
  });
}

/** Fetch what changes; many calls while one is on its way make one more. */
function refresher(element: HTMLElement, turns: Turns): () => void {
  let running = false;
  let again = false;
  const live = element.querySelector<HTMLElement>(".wall-live");
  const fetchLive = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      const response = await fetch(element.dataset["live"] ?? "", { credentials: "same-origin" });
      // A session that ended answers with another page.
      if (response.redirected) location.reload();
      else if (response.ok && live) {
        live.innerHTML = await response.text();
        turns.show();
        say(element, "");
      }
    } catch (error) {
      console.warn(error);
      say(element, element.dataset["labelDeaf"] ?? "");
    }
    window.setTimeout(() => {
      running = false;
      if (!again) return;
      again = false;
      void fetchLive();
    }, PAUSE);
  };
  return () => void fetchLive();
}

function say(element: HTMLElement, text: string): void {
  const line = element.querySelector<HTMLElement>(".wall-deaf");
  if (!line) return;
  line.textContent = text;
  line.hidden = !text;
}

export function mount(element: HTMLElement): void {
  const turns = new Turns(element);
  turns.show();
  startClock(element);
  watchPause(element, turns);
  window.setInterval(() => turns.next(), SHOWN);
  const refresh = refresher(element, turns);
  const deaf = (): void => say(element, element.dataset["labelDeaf"] ?? "");
  const topics = (element.dataset["topics"] ?? "").split(" ").filter(Boolean);
  const heard = Object.fromEntries(KINDS.map((kind) => [kind, refresh]));
  listen(topics, heard, { background: true, deaf });
  drawMap(element).catch((error: unknown) => console.error(error));
}
