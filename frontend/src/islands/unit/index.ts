// The phone of a unit: what it is sent to appears by itself, and where it is is told while agreed.
import { runClocks } from "../../lib/clocks.ts";
import { every } from "../../lib/every.ts";
import { labels } from "../../lib/labels.ts";
import { takeParts, watchTouch } from "../../lib/parts.ts";
import { listen } from "../../lib/stream.ts";

interface Fix {
  lng: number;
  lat: number;
  accuracy: number;
  at: string;
}

const EACH = 1_000;
const MOST = 120;

function token(): string {
  return document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Tell the server where the phone is, once a second; without a network it is gathered meanwhile. */
function tell(
  url: string,
  say: (text: string) => void,
  words: Record<"told" | "refused" | "lost", string>,
  gone: AbortSignal,
): void {
  let gathered: Fix[] = [];
  let sending = false;
  const send = async (): Promise<void> => {
    if (sending || !gathered.length) return;
    sending = true;
    const batch = gathered;
    gathered = [];
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-csrftoken": token() },
        body: JSON.stringify({ fixes: batch }),
      });
      say(answer.ok ? words.told : words.refused);
    } catch {
      gathered = [...batch, ...gathered].slice(-MOST);
      say(words.lost);
    }
    sending = false;
  };
  const watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      gathered.push({
        lng: coords.longitude,
        lat: coords.latitude,
        accuracy: Math.round(coords.accuracy),
        at: new Date(timestamp).toISOString(),
      });
      gathered = gathered.slice(-MOST);
    },
    () => say(words.refused),
    { enableHighAccuracy: true, maximumAge: 1_000 },
  );
  every(EACH, () => void send(), gone);
  gone.addEventListener("abort", () => navigator.geolocation.clearWatch(watch));
}

export function mount(element: HTMLElement, gone: AbortSignal): void {
  const { topic, url, positions } = element.dataset;
  const words = labels(element, ["told", "refused", "lost"]);
  const line = document.querySelector<HTMLElement>("[data-sharing]");
  every(1000, () => runClocks(element), gone);
  runClocks(element);
  if (positions && "geolocation" in navigator) {
    tell(positions, (text) => line && (line.textContent = text), words, gone);
  }
  if (!topic || !url) return;
  watchTouch(element);
  const refresh = async (): Promise<void> => {
    try {
      if (await takeParts(element, url)) runClocks(element);
    } catch {
      // The next event asks again.
    }
  };
  const heard = (data: unknown): void => {
    const { verb } = data as { verb?: string };
    // Felt in the pocket: the unit is sent.
    if (verb === "assign") navigator.vibrate?.([400, 200, 400]);
    void refresh();
  };
  listen([topic], { incident: heard, unit: heard, reset: () => void refresh() }, { background: true, gone });
}
