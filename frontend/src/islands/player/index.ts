import Hls from "hls.js/light";
import { leftText } from "../../lib/clock.ts";
import { every } from "../../lib/every.ts";
import { labels } from "../../lib/labels.ts";

const WORDS = ["waiting", "connecting", "failed", "nothing", "ended", "lost"] as const;
const ASK_EVERY = 3000;

interface State {
  ready: boolean;
  left: number;
  state: string;
}

/** Play a camera's video for as long as the server lets it; say what is, and when it is over. */
export function mount(element: HTMLElement, gone: AbortSignal): void {
  const video = element.querySelector("video");
  const said = element.querySelector<HTMLElement>("[data-said]");
  const left = document.querySelector<HTMLElement>("[data-left]");
  const { playlist, state } = element.dataset;
  if (!video || !said || !playlist || !state) return;
  const words = labels(element, WORDS);
  let hls: Hls | null = null;
  let until = 0;
  let timer = 0;

  const say = (text: string): void => {
    said.textContent = text;
    said.hidden = text === "";
  };
  const stop = (text: string): void => {
    window.clearTimeout(timer);
    hls?.destroy();
    hls = null;
    until = 0;
    video.removeAttribute("src");
    video.load();
    element.dataset["ended"] = "";
    say(text);
  };
  const play = (): void => {
    if (hls || video.src || gone.aborted) return;
    if (!Hls.isSupported()) {
      video.src = playlist; // Safari plays it by itself
      void video.play().catch(() => undefined);
      return;
    }
    // What was recorded begins at its beginning, though more of it may still be on its way.
    const from = playlist.endsWith("recorded.m3u8") ? { startPosition: 0 } : {};
    hls = new Hls({ liveSyncDurationCount: 2, backBufferLength: 30, ...from });
    hls.on(Hls.Events.ERROR, (_name, fault) => {
      if (!fault.fatal) return;
      hls?.destroy();
      hls = null; // the next answer begins anew, or says why not
      say(words.lost);
    });
    hls.loadSource(playlist);
    hls.attachMedia(video);
    void video.play().catch(() => undefined);
  };
  const ask = async (): Promise<void> => {
    try {
      const answer = await fetch(state, { headers: { accept: "application/json" } });
      if (answer.status === 401 || answer.status === 403) {
        const refused = (await answer.json()) as { reason?: string };
        stop(refused.reason || words.ended);
        return;
      }
      if (answer.ok) show((await answer.json()) as State);
    } catch {
      say(words.lost);
    }
    if (!gone.aborted) timer = window.setTimeout(() => void ask(), ASK_EVERY);
  };
  const show = (told: State): void => {
    until = Date.now() + told.left * 1000;
    if (told.ready) play();
    else if (told.state === "failed") say(words.failed);
    else if (told.state === "nothing") say(words.nothing);
    else say(told.state === "starting" ? words.connecting : words.waiting);
  };

  video.addEventListener("playing", () => say(""));
  const count = (): void => {
    if (left && until) left.textContent = leftText((until - Date.now()) / 1000);
  };
  every(1000, count, gone);
  // What nobody sees any more is not fetched: the camera is let go.
  gone.addEventListener("abort", () => stop(""));
  void ask();
}
