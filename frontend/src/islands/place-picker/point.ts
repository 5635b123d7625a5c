import type { Area } from "../../lib/areas.ts";
import { fill } from "../../lib/labels.ts";
import type { Words } from "./words.ts";

function button(text: string, extra = ""): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${extra}`.trim();
  made.textContent = text;
  return made;
}

/** Mark a point: the map is fetched only when it is opened, and its cross works by keyboard too. */
export function mountPoint(
  root: HTMLElement,
  shapesUrl: string,
  words: Words,
  middle: () => Area["point"],
): void {
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

  const tell = (): void => {
    const marked = lng.value !== "" && lat.value !== "";
    clear.hidden = !marked;
    status.textContent = marked
      ? fill(words.marked, { lng: lng.value, lat: lat.value })
      : frame.hidden
        ? ""
        : words.notMarked;
  };
  const set = (at: { lng: number; lat: number } | null): void => {
    lng.value = at ? at.lng.toFixed(6) : "";
    lat.value = at ? at.lat.toFixed(6) : "";
    lng.dispatchEvent(new Event("change", { bubbles: true }));
    tell();
  };

  let remove: (() => void) | null = null;
  open.addEventListener("click", async () => {
    frame.hidden = false;
    open.hidden = true;
    tell();
    const { openPointMap } = await import("./point-map.ts");
    const present = lng.value ? { lng: Number(lng.value), lat: Number(lat.value) } : null;
    const [west, south] = middle() ?? [];
    const start = west !== undefined && south !== undefined ? { lng: west, lat: south } : null;
    remove = await openPointMap({ frame, shapesUrl, words, present, start, set });
  });
  clear.addEventListener("click", () => {
    set(null);
    remove?.();
    open.focus();
  });
  root.append(open, clear, status, frame);
  tell();
}
