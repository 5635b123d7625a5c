import { every } from "../../lib/every.ts";
import { labels } from "../../lib/labels.ts";
import { listen } from "../../lib/stream.ts";
import { toast } from "../toast/index.ts";

interface Heard {
  id: string;
  verb: string;
  number: number;
  test: boolean;
  light: "red" | "yellow" | "blue";
}

/** Several at once are fetched once; ages grow while nothing comes. */
const PAUSE = 150;
const AGES = 10_000;

/** Keep the list of alarms as the desk's server has it: fetched anew whenever one is heard. */
export function mount(element: HTMLElement, gone: AbortSignal): void {
  const topics = (element.dataset["topics"] ?? "").split(" ").filter(Boolean);
  const url = element.dataset["url"];
  if (!topics.length || !url) return;
  const words = labels(element, ["new"]);
  let waiting = 0;
  let asked = 0;

  const refresh = async (): Promise<void> => {
    waiting = 0;
    const mine = ++asked;
    try {
      const answer = await fetch(url, { headers: { accept: "text/html" } });
      // An answer that was overtaken, or a page of sign-in, is not the list.
      if (!answer.ok || answer.redirected || mine !== asked) return;
      const html = await answer.text();
      const focused = document.activeElement?.getAttribute("href");
      element.innerHTML = html;
      if (focused) element.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
    } catch {
      // The next signal or the next round asks again.
    }
  };
  const soon = (): void => {
    if (!waiting) waiting = window.setTimeout(() => void refresh(), PAUSE);
  };
  listen(
    topics,
    {
      alarm: (data) => {
        const heard = data as Heard;
        if ((heard.verb === "raise" || heard.verb === "ring_again") && !heard.test) {
          toast(`${words.new} ${heard.number}`, heard.light);
        }
        soon();
      },
      reset: soon,
    },
    { background: true, deaf: soon, gone },
  );
  every(AGES, soon, gone);
}
