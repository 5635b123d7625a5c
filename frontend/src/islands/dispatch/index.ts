import { runClocks } from "../../lib/clocks.ts";
import { every } from "../../lib/every.ts";
import { takeParts, watchTouch } from "../../lib/parts.ts";
import { listen } from "../../lib/stream.ts";

/** Several at once are fetched once; without a stream the parts are fetched anew now and then. */
const PAUSE = 250;
const ROUND = 30_000;

/** Keep the parts of the page as the server has them, and let its clocks run. */
export function mount(element: HTMLElement, gone: AbortSignal): void {
  const topics = (element.dataset["topics"] ?? "").split(" ").filter(Boolean);
  const url = element.dataset["url"];
  every(1000, () => runClocks(element), gone);
  runClocks(element);
  if (!topics.length || !url) return;
  watchTouch(element);
  let waiting = 0;
  let running = false;

  const refresh = async (): Promise<void> => {
    waiting = 0;
    if (running) return soon();
    running = true;
    try {
      if (await takeParts(element, url)) runClocks(element);
    } catch {
      // The next event or the next round asks again.
    }
    running = false;
  };
  const soon = (): void => {
    if (!waiting && !gone.aborted) waiting = window.setTimeout(() => void refresh(), PAUSE);
  };
  listen(topics, { incident: soon, unit: soon, search: soon, reset: soon }, { background: true, deaf: soon, gone });
  every(ROUND, soon, gone);
}
