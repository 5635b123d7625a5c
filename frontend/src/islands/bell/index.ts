import { listen } from "../../lib/stream.ts";
import { toast } from "../toast/index.ts";

interface Bell {
  unread: number;
  newest: { id: string; subject: string; text: string; urgent: boolean; url: string } | null;
}

const MOST = 99;
const SEEN = "linli-bell";

/** Write the number of unread notices wherever the page shows it. */
function show(unread: number): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-unread]")) {
    place.hidden = unread === 0;
    place.textContent = unread > MOST ? `${MOST}+` : String(unread);
  }
  sessionStorage.setItem(SEEN, String(unread));
}

async function ask(url: string): Promise<Bell | null> {
  try {
    const answer = await fetch(url, { headers: { accept: "application/json" } });
    return answer.ok && !answer.redirected ? ((await answer.json()) as Bell) : null;
  } catch {
    return null;
  }
}

/** Keep the bell's number right in every window, and say a new notice at the screen's edge. */
export function watchBell(): void {
  const url = document.querySelector<HTMLElement>("[data-bell]")?.dataset["bell"];
  if (!url) return;
  show(Number(sessionStorage.getItem(SEEN) ?? 0));
  let told = "";
  let waiting = false;
  const refresh = async (say: boolean): Promise<void> => {
    if (waiting) return;
    waiting = true;
    // Several at once are asked about once.
    await new Promise((done) => setTimeout(done, 300));
    waiting = false;
    const bell = await ask(url);
    if (!bell) return;
    show(bell.unread);
    const newest = bell.newest;
    if (say && newest && newest.id !== told) {
      told = newest.id;
      const text = newest.text ? `${newest.subject}: ${newest.text}` : newest.subject;
      toast(text, newest.urgent ? "red" : "blue");
    }
  };
  listen(
    ["person"],
    {
      hello: (data) => {
        const greetings = Object.values(data as Record<string, { unread?: number }>);
        show(greetings[0]?.unread ?? 0);
      },
      notice: () => void refresh(true),
      read: () => void refresh(false),
      reset: () => void refresh(false),
    },
    { deaf: () => void refresh(false) },
  );
}
