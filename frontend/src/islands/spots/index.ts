import { labels } from "../../lib/labels.ts";
import { mountPoint } from "../place-picker/point.ts";
import { POINT_WORDS } from "../place-picker/words.ts";
import { readSpot, type Spot, writeSpot } from "./lines.ts";

const WORDS = [...POINT_WORDS, "what", "add", "remove"] as const;

/**
 * Places are pointed at or looked up instead of typed as degrees: one for an input, several for a
 * text of lines. The field itself stays, hidden, and is what is sent.
 */
export function mount(element: HTMLElement, gone: AbortSignal): void {
  const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  if (!field) return;
  const words = labels(element, WORDS);
  const { shapes = "", places = "", lng = "", lat = "" } = element.dataset;
  const isMany = field instanceof HTMLTextAreaElement;
  const rows: Spot[] = [];
  const list = document.createElement("div");
  list.className = "stack stack-close";
  // It says how to type degrees: nobody types them now.
  const help = element.querySelector<HTMLElement>(".helptext");
  if (help) help.hidden = true;

  const write = (): void => {
    field.value = rows.map(writeSpot).filter(Boolean).join("\n");
  };
  const middle = (): readonly [number, number] | null => {
    // The place last seen, if this form asks for it; else where the page says one searches.
    const form = element.closest("form");
    const east = form?.querySelector<HTMLInputElement>("[name=lng]")?.value || lng;
    const north = form?.querySelector<HTMLInputElement>("[name=lat]")?.value || lat;
    return east && north ? [Number(east), Number(north)] : null;
  };

  const addRow = (spot: Spot, isFirst = false): HTMLElement => {
    rows.push(spot);
    const number = rows.length;
    const root = document.createElement("div");
    root.className = isMany ? "spot stack stack-close" : "stack stack-close";
    const point = document.createElement("div");
    point.className = "place-point row";
    const degrees = [spot.lng, spot.lat].map((value, index) => {
      const input = document.createElement("input");
      input.type = "hidden";
      input.id = `${field.id}_${number}${index ? "_lat" : ""}`;
      input.value = value;
      return input;
    });
    point.append(...degrees);
    const what = document.createElement("input");
    if (isMany) {
      Object.assign(what, { type: "text", value: spot.what, placeholder: words.what, maxLength: 60 });
      what.autocomplete = "off";
      what.setAttribute("aria-label", words.what);
      what.addEventListener("input", () => {
        spot.what = what.value;
        write();
      });
      root.append(what);
    }
    root.append(point);
    mountPoint(point, {
      shapes, places, words, middle, gone,
      changed: (name) => {
        [spot.lng, spot.lat] = degrees.map((input) => input.value) as [string, string];
        if (isMany && name && !what.value) spot.what = what.value = name;
        write();
      },
    });
    if (isMany && !isFirst) {
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "button button-quiet";
      remove.textContent = words.remove;
      remove.addEventListener("click", () => {
        rows.splice(rows.indexOf(spot), 1);
        root.remove();
        write();
        add.focus();
      });
      point.append(remove);
    }
    list.append(root);
    return root;
  };

  const add = document.createElement("button");
  add.type = "button";
  add.className = "button";
  add.textContent = words.add;
  add.addEventListener("click", () => addRow(readSpot("")).querySelector("input")?.focus());

  const lines = field.value.split("\n").filter((line) => line.trim());
  (lines.length > 0 ? lines : [""]).forEach((line, index) => addRow(readSpot(line), index === 0));
  field.hidden = true;
  const more = document.createElement("div");
  more.className = "row";
  more.append(add);
  field.after(list, ...(isMany ? [more] : []));
  const first = list.querySelector<HTMLInputElement>("input:not([type=hidden])");
  if (first?.id) element.querySelector("label")?.setAttribute("for", first.id);
}
