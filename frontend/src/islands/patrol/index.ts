import { added, BATCH, type Fix, without, worth } from "../../lib/keep.ts";
import { fill, labels } from "../../lib/labels.ts";

const WORDS = ["share", "stop", "on", "off", "waiting", "refused", "kept", "done"] as const;
const EVERY = 30_000;
const OPTIONS: PositionOptions = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 5_000 };

interface Check {
  id: string;
  key: string;
  at: string;
  longitude: number;
  latitude: number;
  accuracy: number;
}

function stored<Row>(name: string): Row[] {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "[]") as Row[];
  } catch {
    return [];
  }
}

function store(name: string, rows: readonly unknown[]): void {
  try {
    if (rows.length > 0) localStorage.setItem(name, JSON.stringify(rows));
    else localStorage.removeItem(name);
  } catch {
    // A phone without room keeps nothing; what is sent at once still arrives.
  }
}

/** Send JSON; true when it was taken, false when it never will be, null when there is no network. */
async function send(url: string, body: unknown): Promise<boolean | null> {
  const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
    });
    if (answer.ok) return true;
    return answer.status >= 500 || answer.status === 429 ? null : false;
  } catch {
    return null;
  }
}

function fixOf({ coords, timestamp }: GeolocationPosition): Fix {
  return {
    at: new Date(timestamp).toISOString(),
    longitude: coords.longitude,
    latitude: coords.latitude,
    accuracy: coords.accuracy,
  };
}

function button(text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = text;
  return made;
}

function watchChecks(url: string, words: Record<(typeof WORDS)[number], string>): void {
  const name = `patrol-checks:${url}`;
  const flush = async (): Promise<void> => {
    for (const check of stored<Check>(name)) {
      if ((await send(url, check)) === null) return;
      store(name, stored<Check>(name).filter((one) => one.id !== check.id));
    }
  };
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-check]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset["ready"]) return;
      event.preventDefault();
      const say = (text: string): void => {
        const line = document.createElement("span");
        line.className = "quiet small";
        line.setAttribute("role", "status");
        line.textContent = text;
        form.querySelector("[role=status]")?.remove();
        form.append(line);
      };
      navigator.geolocation.getCurrentPosition(
        (position) => {
          const fix = fixOf(position);
          if (navigator.onLine) {
            for (const field of ["longitude", "latitude", "accuracy"] as const) {
              const input = form.querySelector<HTMLInputElement>(`[name=${field}]`);
              if (input) input.value = String(fix[field]);
            }
            form.dataset["ready"] = "1";
            form.submit();
            return;
          }
          const check = { ...fix, id: crypto.randomUUID(), key: form.dataset["check"] ?? "" };
          store(name, [...stored<Check>(name), check]);
          say(words.kept);
        },
        () => say(words.refused),
        OPTIONS,
      );
    });
  }
  addEventListener("online", () => void flush());
  void flush();
}

/** Record the way of a shift when its member says so, and check in without a network. */
export function mount(element: HTMLElement): void {
  const { fixes: url = "", checks = "", ends = "" } = element.dataset;
  const words = labels(element, WORDS);
  if (!("geolocation" in navigator)) return;
  watchChecks(checks, words);
  const name = `patrol-fixes:${url}`;
  const toggle = button(words.share);
  const status = document.createElement("p");
  status.className = "quiet small";
  status.setAttribute("role", "status");
  status.textContent = words.off;
  element.append(toggle, status);

  let watching: number | null = null;
  let last: Fix | undefined;
  const tell = (text: string): void => {
    const waiting = stored<Fix>(name).length;
    status.textContent = waiting > 20 ? `${text} ${fill(words.waiting, { count: waiting })}` : text;
  };
  const flush = async (): Promise<void> => {
    const batch = stored<Fix>(name).slice(0, BATCH);
    if (batch.length === 0) return;
    if ((await send(url, { fixes: batch })) !== null) store(name, without(stored<Fix>(name), batch));
    if (watching !== null) tell(words.on);
  };
  const stop = (text: string): void => {
    if (watching !== null) navigator.geolocation.clearWatch(watching);
    watching = null;
    localStorage.removeItem(`${name}:on`);
    toggle.textContent = words.share;
    tell(text);
    void flush();
  };
  const start = (): void => {
    localStorage.setItem(`${name}:on`, "1");
    toggle.textContent = words.stop;
    tell(words.on);
    watching = navigator.geolocation.watchPosition(
      (position) => {
        const fix = fixOf(position);
        if (Date.now() > Date.parse(ends)) stop(words.off);
        else if (worth(fix, last)) {
          last = fix;
          store(name, added(stored<Fix>(name), fix));
        }
      },
      (error) => {
        if (error.code === error.PERMISSION_DENIED) stop(words.refused);
      },
      OPTIONS,
    );
  };
  toggle.addEventListener("click", () => (watching === null ? start() : stop(words.off)));
  setInterval(() => void flush(), EVERY);
  addEventListener("online", () => void flush());
  // The page was opened anew within the shift: it goes on as it was.
  if (localStorage.getItem(`${name}:on`) && Date.now() < Date.parse(ends)) start();
  else void flush();
}
