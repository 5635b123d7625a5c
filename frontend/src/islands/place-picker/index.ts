import { type Area, readAreas, withQuery } from "../../lib/areas.ts";
import { fetchJson } from "../../lib/fetch-json.ts";
import { labels } from "../../lib/labels.ts";
import { Cascade } from "./cascade.ts";
import { mountPoint } from "./point.ts";
import { Search, type Source } from "./search.ts";
import { WORDS } from "./words.ts";

function areasOf(address: string): Source<Area> {
  return {
    ask: async (words, signal) => readAreas(await fetchJson(withQuery(address, { words }), signal)),
    name: (area) => area.name,
    detail: (area) => area.path ?? "",
  };
}

/** Stand in for the field that holds the code: search by name, or go down the tree. */
export async function mount(element: HTMLElement, gone: AbortSignal): Promise<void> {
  const holder = element.querySelector<HTMLElement>(".place-field");
  const field = holder?.querySelector<HTMLInputElement | HTMLSelectElement>("input, select");
  if (!holder || !field) return;
  const words = labels(element, WORDS);
  const address = element.dataset["areas"] ?? "";

  let present: Area | null = null;
  const set = (area: Area | null): void => {
    present = area;
    hidden.value = area?.code ?? "";
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const hidden = document.createElement("input");
  hidden.type = "hidden";
  hidden.name = field.name;
  hidden.value = field.value;

  const cascade = new Cascade(address, words, (area) => {
    search.say("");
    set(area);
  });
  const search = new Search(field.id, words, areasOf(address), (area) => {
    set(area);
    void cascade.show(area.code);
  });
  const show = async (code: string): Promise<void> => {
    const area = await cascade.show(code);
    search.say(area?.name ?? "");
    set(area);
  };
  for (const name of ["aria-describedby", "aria-invalid", "autofocus"]) {
    const value = field.getAttribute(name);
    if (value !== null) search.input.setAttribute(name, value);
  }
  // Another part of the page has a proposal that a person took over.
  element.addEventListener("linli:choose", (event) => {
    void show(String((event as CustomEvent).detail));
  });
  // The plain field goes only once the tree could be read: it is the way in when it cannot.
  const before = field.value;
  present = await cascade.show(hidden.value, element.dataset["start"]);
  if (field.value !== before) {
    // It was filled in while the tree was on its way.
    hidden.value = field.value;
    present = await cascade.show(hidden.value);
  }
  search.say(hidden.value ? (present?.name ?? "") : "");
  const hadFocus = document.activeElement === field;
  holder.replaceChildren(hidden, search.root, cascade.root);
  element.querySelector("label")?.setAttribute("for", search.input.id);
  if (hadFocus) search.input.focus();

  const point = element.querySelector<HTMLElement>("[data-point]");
  const middle = (): Area["point"] => present?.point;
  if (point) {
    const { shapes = "", places = "" } = element.dataset;
    // An address says in which area it lies; where that is none of the person's, none is chosen.
    const found = async (lng: string, lat: string): Promise<void> => {
      const lowest = readAreas(await fetchJson(withQuery(address, { lng, lat }))).at(-1);
      if (lowest) await show(lowest.code);
    };
    mountPoint(point, { shapes, places, words, middle, found, gone });
  }
}
