import { runClocks } from "../../lib/clocks.ts";
import { listen } from "../../lib/stream.ts";

/** Several at once are fetched once; without a stream the part is fetched anew now and then. */
const PAUSE = 200;
const ROUND = 30_000;

/** Keep a part of the page as the server has it, and let its clocks run. */
export function mount(element: HTMLElement): void {
  const topics = (element.dataset["topics"] ?? "").split(" ").filter(Boolean);
  const url = element.dataset["url"];
  window.setInterval(() => runClocks(element), 1000);
  runClocks(element);
  if (!topics.length || !url) return;
  let waiting = 0;
  let asked = 0;
  let touched = false;
  // What somebody is choosing or typing is not swept away under their hands.
  element.addEventListener("input", () => (touched = true));

  const refresh = async (): Promise<void> => {
    waiting = 0;
    if (touched) return;
    const mine = ++asked;
    try {
      const answer = await fetch(url, { headers: { accept: "text/html" } });
      // An answer that was overtaken, or a page of sign-in, is not the part.
      if (!answer.ok || answer.redirected || mine !== asked) return;
      const html = await answer.text();
      if (touched) return;
      const open = [...element.querySelectorAll("details")].map((one) => one.open);
      element.innerHTML = html;
      element.querySelectorAll("details").forEach((one, place) => (one.open = open[place] ?? one.open));
      runClocks(element);
    } catch {
      // The next event or the next round asks again.
    }
  };
  const soon = (): void => {
    if (!waiting) waiting = window.setTimeout(() => void refresh(), PAUSE);
  };
  listen(topics, { incident: soon, unit: soon, reset: soon }, { background: true, deaf: soon });
  window.setInterval(soon, ROUND);
}
