import htmx from "htmx.org";
import { fill, labels } from "../../lib/labels.ts";
import { waits } from "./waits.ts";

const ASKED = ["title", "description", "place"] as const;
const PAUSE = 600;

/** Ask what the words typed so far propose; fill the form in on a click, but not what was chosen by hand. */
export function mount(element: HTMLElement): void {
  const form = element.closest("form");
  const answer = element.querySelector<HTMLElement>("[data-answer]");
  const said = element.querySelector<HTMLElement>("[data-said]");
  const url = element.dataset["url"];
  if (!form || !answer || !said || !url) return;
  const words = labels(element, ["done", "kept", "none"]);
  const byHand = new Set<string>();
  let isFilling = false;
  let takenArea = "";

  const ask = async (): Promise<void> => {
    const values: Record<string, string> = {};
    for (const name of ASKED) values[name] = String(new FormData(form).get(name) ?? "");
    // From the body and not from here: only these words are sent, never who is involved.
    await htmx.ajax("POST", url, { source: document.body, target: answer, swap: "innerHTML", values });
    said.hidden = true;
  };
  const later = waits(ask, PAUSE);

  form.addEventListener("input", (event) => {
    const { name } = event.target as HTMLInputElement;
    if (ASKED.includes(name as (typeof ASKED)[number])) later();
  });
  form.addEventListener("change", (event) => {
    // Also what a key or the place picker sets is chosen by hand; only what we fill in is not.
    const { name, value } = event.target as HTMLInputElement;
    if (name && !isFilling && !(name === "area" && value === takenArea)) byHand.add(name);
  });
  element.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button");
    if (!button) return;
    if (button.dataset["take"]) {
      byHand.delete(button.dataset["take"]);
      takeOver([button], button.dataset["take"]);
    } else if ("takeOver" in button.dataset) {
      takeOver([...answer.querySelectorAll<HTMLElement>("[data-field]")]);
    }
  });

  const takeOver = (lines: readonly HTMLElement[], only = ""): void => {
    const done: string[] = [];
    const kept: string[] = [];
    for (const line of lines) {
      const field = only || (line.dataset["field"] ?? "");
      const name = line.dataset["name"] ?? field;
      (byHand.has(field) ? kept : done).push(name);
      if (byHand.has(field)) continue;
      const value = line.dataset["value"] ?? "";
      // The place picker sets its field a moment later.
      if (field === "area") takenArea = value;
      isFilling = true;
      choose(form, field, value);
      isFilling = false;
    }
    const sentences = [
      done.length > 0 ? fill(words.done, { fields: done.join("、") }) : "",
      kept.length > 0 ? fill(words.kept, { fields: kept.join("、") }) : "",
    ];
    said.textContent = sentences.filter(Boolean).join(" ") || words.none;
    said.hidden = false;
  };
  later();
}

/** Put a value into one field of the intake form as a person would. */
function choose(form: HTMLFormElement, field: string, value: string): void {
  if (field === "area") {
    form.querySelector(".place")?.dispatchEvent(new CustomEvent("linli:choose", { detail: value }));
    return;
  }
  const changed = new Event("change", { bubbles: true });
  const radio = form.querySelector<HTMLInputElement>(`input[type=radio][name="${field}"][value="${CSS.escape(value)}"]`);
  if (radio) {
    radio.checked = true;
    radio.dispatchEvent(changed);
    return;
  }
  const select = form.querySelector<HTMLSelectElement>(`select[name="${field}"]`);
  if (!select) return;
  select.value = value;
  select.dispatchEvent(changed);
}
