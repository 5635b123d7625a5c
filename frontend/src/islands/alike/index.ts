import htmx from "htmx.org";
import { waits } from "../reading/waits.ts";

// Never who is involved: only these are sent.
const ASKED = ["title", "description", "place", "area", "lng", "lat"] as const;
const PAUSE = 700;

/** While a matter is typed, show what looks like the same one. */
export function mount(element: HTMLElement): void {
  const form = element.closest("form");
  const url = element.dataset["url"];
  if (!form || !url) return;
  let before = "";
  const ask = async (): Promise<void> => {
    const values: Record<string, string> = {};
    for (const name of ASKED) values[name] = String(new FormData(form).get(name) ?? "");
    const now = JSON.stringify(values);
    if (now === before || !values["title"]) return;
    before = now;
    await htmx.ajax("POST", url, { source: document.body, target: element, swap: "innerHTML", values });
  };
  const later = waits(ask, PAUSE);
  const heard = (event: Event): void => {
    if (ASKED.includes((event.target as HTMLInputElement).name as (typeof ASKED)[number])) later();
  };
  form.addEventListener("input", heard);
  form.addEventListener("change", heard);
  later();
}
