import { draftKey } from "../../lib/draft.ts";
import { labels } from "../../lib/labels.ts";
import { readUnsent, type Reply, understand } from "../../lib/record.ts";
import { forget, recall, remember } from "../../lib/storage.ts";
import { person } from "../draft/sent.ts";

const PAUSE = 1000;
const AGAIN = 4000;
const PATIENCE = 15_000;

async function post(form: HTMLFormElement): Promise<Reply> {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return understand(response.status, isJson ? await response.json() : null);
  } catch {
    return { kind: "away" };
  }
}

/**
 * Save a record while it is written. What is not yet with the server is kept in this browser; when
 * somebody else saved meanwhile both texts are shown and nothing is overwritten.
 */
export function mount(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const text = form.querySelector<HTMLTextAreaElement>("[name=record]");
  const version = form.querySelector<HTMLInputElement>("[name=version]");
  const status = form.querySelector<HTMLElement>("[data-status]");
  const other = form.querySelector<HTMLElement>("[data-other]");
  if (!text || !version || !status || !other) return;
  const words = labels(form, ["saved", "saving", "away", "overtaken", "restored"]);
  const key = draftKey("record", location.pathname, person());
  let timer = 0;
  let busy = false;
  let dirty = false;
  let stopped = false;

  const say = (sentence: string, light = ""): void => {
    status.textContent = sentence;
    status.dataset["light"] = light;
  };
  const keep = (): void => {
    remember(key, JSON.stringify({ version: Number(version.value), text: text.value }));
  };
  const soon = (after: number): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), after);
  };
  const showOther = (reply: Extract<Reply, { kind: "overtaken" }>): void => {
    stopped = true;
    const shown = other.querySelector<HTMLTextAreaElement>("textarea");
    if (shown) shown.value = reply.text;
    other.dataset["version"] = String(reply.version);
    other.hidden = false;
    say(reply.reason || words.overtaken, "red");
  };
  const settle = (reply: Reply): void => {
    if (reply.kind === "saved") {
      version.value = String(reply.version);
      if (dirty) {
        keep();
        soon(PAUSE);
      } else {
        forget(key);
        say(words.saved, "green");
      }
    } else if (reply.kind === "overtaken") {
      dirty = true;
      showOther(reply);
    } else if (reply.kind === "refused") {
      dirty = true;
      stopped = true;
      say(reply.reason, "red");
    } else {
      dirty = true;
      say(words.away, "yellow");
      soon(AGAIN);
    }
  };
  const save = async (): Promise<void> => {
    clearTimeout(timer);
    if (busy || stopped || !dirty || !form.isConnected) return;
    busy = true;
    dirty = false;
    say(words.saving);
    const reply = await post(form);
    busy = false;
    settle(reply);
  };

  form.addEventListener("input", (event) => {
    if (other.contains(event.target as Node)) return;
    dirty = true;
    keep();
    soon(PAUSE);
  });
  other.querySelector("button")?.addEventListener("click", () => {
    version.value = other.dataset["version"] ?? version.value;
    other.hidden = true;
    stopped = false;
    dirty = true;
    keep();
    void save();
  });
  window.addEventListener("online", () => void save());
  window.addEventListener("pagehide", () => {
    if (dirty) keep();
  });

  const kept = readUnsent(recall(key));
  if (!kept || kept.text === text.value) {
    forget(key);
    // Whoever types faster than the page gets ready is not forgotten either.
    const typed = [...form.querySelectorAll("textarea")].some(
      (one) => !other.contains(one) && one.value !== one.defaultValue,
    );
    if (typed) {
      dirty = true;
      keep();
      void save();
    }
    return;
  }
  const theirs = { version: Number(version.value), text: text.value };
  text.value = kept.text;
  dirty = true;
  if (kept.version === theirs.version) {
    say(words.restored, "yellow");
    void save();
  } else {
    showOther({ kind: "overtaken", reason: "", ...theirs });
  }
}
