import { isShortcut } from "../../lib/keys.ts";
import { labels } from "../../lib/labels.ts";

interface Place {
  name: string;
  detail: string;
}

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const PAUSE = 120;

/** A digit says what it is and leads to where; what the words may mean is offered while they are typed. */
export function mount(element: HTMLElement): void {
  const kinds = [...element.querySelectorAll<HTMLInputElement>("input[name=kind]")];
  const where = element.querySelector<HTMLInputElement>("input[name=where]");
  const spots = element.querySelector<HTMLElement>("[data-spots]");
  const url = element.dataset["places"];
  if (!where || !spots || !url) return;

  const words = labels(element, ["asTyped"]);

  kinds.forEach((radio, index) => {
    const digit = document.createElement("kbd");
    digit.textContent = String(index + 1);
    radio.closest("label")?.append(" ", digit);
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = (event.target as Element).matches(TYPING);
    if (!isShortcut(event, isTyping) || document.querySelector("dialog[open]")) return;
    const radio = kinds[Number(event.key) - 1];
    if (!radio) return;
    radio.checked = true;
    where.focus();
    event.preventDefault();
  });
  (kinds.find((radio) => radio.checked) ?? kinds[0])?.focus();

  let timer = 0;
  let asked = 0;
  const offer = (value: string, text: string): HTMLElement => {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "spot";
    radio.value = value;
    // The first is the likeliest: Enter takes it, the arrow keys another.
    radio.checked = value === "0";
    label.append(radio, ` ${text}`);
    const row = document.createElement("div");
    row.append(label);
    return row;
  };
  const draw = (places: readonly Place[]): void => {
    const list = document.createElement("div");
    list.className = "choices";
    const rows = document.createElement("div");
    rows.className = "choices-long";
    places.forEach((place, index) => {
      rows.append(offer(String(index), [place.name, place.detail].filter(Boolean).join(" · ")));
    });
    rows.append(offer("as-typed", words.asTyped));
    list.append(rows);
    spots.replaceChildren(...(places.length ? [list] : []));
  };
  const ask = async (): Promise<void> => {
    const mine = ++asked;
    const words = where.value.trim();
    if (!words) return draw([]);
    const address = new URL(url, location.href);
    address.searchParams.set("words", words);
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (!answer.ok || answer.redirected || mine !== asked) return;
      draw(((await answer.json()) as { places: Place[] }).places);
    } catch {
      // Without an answer the words go as they are; the server looks them up.
      draw([]);
    }
  };
  where.addEventListener("input", () => {
    // What was offered for other words must not be sent with these.
    spots.replaceChildren();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE);
  });
  where.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const radios = [...spots.querySelectorAll<HTMLInputElement>("input")];
    const at = radios.findIndex((radio) => radio.checked);
    const next = radios[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) next.checked = true;
    event.preventDefault();
  });
}
