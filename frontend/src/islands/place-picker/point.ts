import type { Area } from "../../lib/areas.ts";
import { withQuery } from "../../lib/areas.ts";
import { metres } from "../../lib/away.ts";
import { fetchJson } from "../../lib/fetch-json.ts";
import { fill } from "../../lib/labels.ts";
import { besides, nameOf, type Place, readPlaces } from "../../lib/places.ts";
import type { Drawn } from "./point-map.ts";
import { Search, type Source } from "./search.ts";
import type { PointWords } from "./words.ts";

export interface PointOptions {
  /** where the outlines come from, and the places by their names (empty: none) */
  shapes: string;
  places: string;
  words: PointWords;
  /** where to look when there is no mark */
  middle(): Area["point"];
  /** an address was chosen there */
  found?(lng: string, lat: string): Promise<void>;
  gone: AbortSignal;
  /** told when the mark is set (with its name where it was found by it) or taken away */
  changed?(name: string): void;
}

function button(text: string, extra = ""): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${extra}`.trim();
  made.textContent = text;
  return made;
}

/** Places by their names, of one name the nearest first: streets of one name are in every town. */
function placesOf(address: string, words: PointWords, middle: PointOptions["middle"]): Source<Place> {
  return {
    ask: async (asked, signal) => {
      const [lng, lat] = middle() ?? [];
      const near = lng !== undefined && lat !== undefined ? { lng: `${lng}`, lat: `${lat}` } : {};
      return readPlaces(await fetchJson(withQuery(address, { words: asked, ...near }), signal));
    },
    name: nameOf,
    detail: (place) => {
      const from = middle();
      const far = from ? metres(from, [place.longitude, place.latitude]) / 1000 : null;
      const said = far === null ? "" : fill(words.addressAway, { km: far.toFixed(1) });
      return [besides(place), said].filter(Boolean).join(" · ");
    },
  };
}

/**
 * Mark a point: look its address up, or point at it on the map. The map is fetched only when it is
 * opened, and its cross works by keyboard too.
 */
export function mountPoint(root: HTMLElement, options: PointOptions): void {
  const { shapes, places, words, middle, changed, found, gone } = options;
  const [lng, lat] = root.querySelectorAll<HTMLInputElement>("input[type=hidden]");
  if (!lng || !lat) return;
  const open = button(words.openMap);
  const clear = button(words.clear, "button-quiet");
  const status = document.createElement("span");
  status.className = "quiet";
  status.setAttribute("role", "status");
  const frame = document.createElement("div");
  frame.className = "map-frame place-map";
  frame.hidden = true;

  let called = "";
  const tell = (): void => {
    const marked = lng.value !== "" && lat.value !== "";
    clear.hidden = !marked;
    const at = { lng: lng.value, lat: lat.value };
    const where = called ? fill(words.markedAt, { name: called }) : fill(words.marked, at);
    status.textContent = marked ? where : frame.hidden ? "" : words.notMarked;
  };
  const set = (at: { lng: number; lat: number } | null, name = ""): void => {
    lng.value = at ? at.lng.toFixed(6) : "";
    lat.value = at ? at.lat.toFixed(6) : "";
    called = name;
    lng.dispatchEvent(new Event("change", { bubbles: true }));
    changed?.(name);
    tell();
  };

  let drawn: Drawn | null = null;
  open.addEventListener("click", async () => {
    frame.hidden = false;
    open.hidden = true;
    tell();
    const { openPointMap } = await import("./point-map.ts");
    const present = lng.value ? { lng: Number(lng.value), lat: Number(lat.value) } : null;
    const [west, south] = middle() ?? [];
    const start = west !== undefined && south !== undefined ? { lng: west, lat: south } : null;
    drawn = await openPointMap({ frame, shapesUrl: shapes, words, present, start, set, gone });
  });
  clear.addEventListener("click", () => {
    set(null);
    drawn?.remove();
    open.focus();
  });
  if (places) {
    const said = {
      search: words.address, none: words.addressNone, found: words.addressFound,
      failed: words.addressFailed,
    };
    const search = new Search(lng.id || "place", said, placesOf(places, words, middle), (place) => {
      const at = { lng: place.longitude, lat: place.latitude };
      set(at, nameOf(place));
      drawn?.go(at);
      // Where the area can't be told the person chooses it, as without an address.
      found?.(lng.value, lat.value).catch(() => undefined);
    });
    search.input.setAttribute("aria-label", words.address);
    root.append(search.root);
  }
  root.append(open, clear, status, frame);
  tell();
}
