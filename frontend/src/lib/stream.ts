/** What to do with an event: its data, and the word the server gave it. */
export type Handler = (data: unknown) => void;
export type Handlers = Readonly<Record<string, Handler>>;

export interface Options {
  /** Keep listening while the page is out of sight. A board does; a bell need not. */
  background?: boolean;
  /** Called when nothing can be heard, and again each minute until it can. */
  deaf?: () => void;
  /** Ends it. */
  gone?: AbortSignal;
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 60_000;

/** Where the event stream is; empty on a page without one. */
function address(): string {
  const given = document.body.dataset["stream"] ?? "";
  // A port of this host, or a path.
  return given.startsWith(":") ? `${location.protocol}//${location.hostname}${given}` : given;
}

/**
 * Listen to topics. The browser comes back by itself after a break and names the last event it saw,
 * so nothing is missed; a server that refuses is asked again, later each time.
 */
export function listen(topics: readonly string[], handlers: Handlers, options: Options = {}): void {
  const base = address();
  if (!base) return;
  let source: EventSource | undefined;
  let last = "";
  let pause = FIRST_PAUSE;
  let timer = 0;

  const open = (): void => {
    const url = new URL(base, location.href);
    for (const topic of topics) url.searchParams.append("topic", topic);
    if (last) url.searchParams.set("after", last);
    source = new EventSource(url, { withCredentials: true });
    for (const [kind, handle] of Object.entries(handlers)) {
      source.addEventListener(kind, (event: MessageEvent<string>) => {
        last = event.lastEventId || last;
        handle(JSON.parse(event.data) as unknown);
      });
    }
    source.addEventListener("open", () => (pause = FIRST_PAUSE));
    source.addEventListener("error", () => {
      // While it tries by itself there is nothing to do.
      if (source?.readyState !== EventSource.CLOSED) return;
      options.deaf?.();
      timer = window.setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  };
  const close = (): void => {
    source?.close();
    source = undefined;
    window.clearTimeout(timer);
  };
  const look = (): void => {
    close();
    if (options.background || document.visibilityState === "visible") open();
  };
  const { gone } = options;
  const until = gone ? { signal: gone } : {};
  if (!options.background) document.addEventListener("visibilitychange", look, until);
  // A page that is kept for the way back must not hold a connection.
  window.addEventListener("pagehide", close, until);
  const back = (event: PageTransitionEvent): void => {
    if (event.persisted) look();
  };
  window.addEventListener("pageshow", back, until);
  gone?.addEventListener("abort", close);
  look();
}
