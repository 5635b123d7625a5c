import { type Draft, draftKey, isFresh, readDraft, writeDraft } from "../../lib/draft.ts";
import { hasErrors, person, SENT } from "./sent.ts";
import { forget, keys, recall, remember } from "../../lib/storage.ts";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const PAUSE = 400;
const NEVER = "[data-personal], [type=password], [type=file], [name=csrfmiddlewaretoken]";

function kept(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((element): element is Field => {
    const isField = /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
    return isField && !!(element as Field).name && !element.matches(NEVER) && !element.closest("[data-personal]");
  });
}

function collect(form: HTMLFormElement): Draft["values"] {
  const values: Record<string, string[]> = {};
  for (const field of kept(form)) {
    const list = (values[field.name] ??= []);
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      if (field.checked) list.push(field.value);
    } else list.push(field.value);
  }
  return values;
}

function restore(form: HTMLFormElement, values: Draft["values"]): boolean {
  let changed = false;
  for (const field of kept(form)) {
    const list = values[field.name];
    if (!list) continue;
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      const on = list.includes(field.value);
      changed ||= field.checked !== on;
      field.checked = on;
    } else {
      changed ||= field.value !== (list[0] ?? "");
      field.value = list[0] ?? "";
    }
    field.dispatchEvent(new Event("linli:restored", { bubbles: true }));
  }
  return changed;
}

/** Forget drafts nobody came back for. */
function sweep(now: number): void {
  for (const key of keys("linli:draft:")) {
    if (!isFresh(readDraft(recall(key)), now)) forget(key);
  }
}

/**
 * Keep what is typed in this browser until the server took it. A form the server sent back with
 * errors carries the typed values itself, so it is left as it is.
 */
export function mount(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const key = draftKey(form.dataset["draft"] ?? "", location.pathname, person());
  sweep(Date.now());
  const draft = readDraft(recall(key));
  const answered = hasErrors(form);
  if (draft && !answered && restore(form, draft.values)) {
    const text = document.getElementById("draft-words")?.dataset["labelRestored"];
    document.dispatchEvent(new CustomEvent("toast", { detail: { text } }));
  }
  let timer = 0;
  const save = (): void => {
    clearTimeout(timer);
    timer = 0;
    remember(key, writeDraft(collect(form), Date.now()));
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  };
  form.addEventListener("input", saveSoon);
  form.addEventListener("change", save);
  window.addEventListener("pagehide", () => {
    if (timer && form.isConnected) save();
  });
  form.addEventListener("submit", () => {
    save();
    remember(SENT, key);
  });
  form.addEventListener("htmx:after:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { response: { raw: Response } } }>).detail;
    const { ok, url } = ctx.response.raw;
    if (ok && !/\/login\/?$/.test(new URL(url).pathname)) forget(key);
  });
}
