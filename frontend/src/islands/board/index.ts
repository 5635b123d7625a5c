// The board: rows that change as things happen, a map of them, and the page of what was chosen beside it.
import { fetchJson } from "../../lib/fetch-json.ts";
import { isShortcut } from "../../lib/keys.ts";
import { fill, labels } from "../../lib/labels.ts";
import { EMPTY } from "../../lib/map/shapes.ts";
import { listen } from "../../lib/stream.ts";
import { Ground, type Layer } from "./ground.ts";
import { drawAlarm, drawIncident, drawUnit, List } from "./lists.ts";
import { Panel } from "./panel.ts";
import { Bell } from "./sound.ts";
import { type Alarm, type AlarmEvent, type Incident, type State, Store, type Unit } from "./store.ts";

// What follows an event is asked for together, not at once by every board: milliseconds.
const SOON = 400;
const SPREAD = 600;
const AGES = 5_000;
const MOST_IDS = 60;
const WORDS = [
  "name", "zoomIn", "zoomOut", "gestures", "deaf", "failed", "test", "late", "times", "seconds", "minutes", "hours",
  "nobody", "out", "overdue", "alarmLetter", "rings", "noAlarms", "noIncidents",
] as const;

/** Run what is asked for once within a moment, however often it is asked. */
function gathering(run: () => Promise<void>, failed: () => void): () => void {
  let timer = 0;
  return () => {
    if (timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      run().catch((error: unknown) => {
        console.warn(error);
        failed();
      });
    }, SOON + Math.random() * SPREAD);
  };
}

class Board {
  private readonly root: HTMLElement;
  private readonly words: Record<(typeof WORDS)[number], string>;
  private readonly store = new Store();
  private readonly bell = new Bell();
  private readonly panel: Panel;
  private readonly alarms: List<Alarm>;
  private readonly incidents: List<Incident>;
  private readonly units: List<Unit>;
  private ground: Ground | undefined;
  private readonly askAlarms: () => void;
  private readonly askResponse: () => void;
  private readonly askAll: () => void;
  private drawing = false;

  constructor(root: HTMLElement) {
    this.root = root;
    this.words = labels(root, WORDS);
    const failed = (): void => this.say(this.words.failed, true);
    this.panel = new Panel(this.part("[data-panel]"), this.words.failed);
    this.panel.onSent = () => this.askAll();
    this.panel.onShut = () => (this.part("[data-units]").hidden = false);
    const list = (name: string): HTMLElement => this.part(`[data-list=${name}]`);
    this.alarms = new List(list("alarms"), this.words.noAlarms, (row) => this.address("alarm", row.id), drawAlarm(this.store, this.words));
    this.incidents = new List(list("incidents"), this.words.noIncidents, (row) => this.address("incident", row.id), drawIncident(this.store, this.words));
    this.units = new List(list("units"), "", (row) => this.address("unit", row.id), drawUnit(this.store));
    this.askAlarms = gathering(() => this.loadBare(), failed);
    this.askResponse = gathering(() => this.loadResponse(), failed);
    this.askAll = gathering(() => this.load(), failed);
  }

  private part(selector: string): HTMLElement {
    const found = this.root.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`the board has no ${selector}`);
    return found;
  }

  private address(sort: string, id: string): string {
    return (this.root.dataset[sort] ?? "").replace("{id}", encodeURIComponent(id));
  }

  private say(text: string, bad = false): void {
    const line = this.part("[data-status]");
    line.textContent = text;
    line.classList.toggle("board-bad", bad);
  }

  async start(): Promise<void> {
    this.watch();
    await this.load();
    const heard = {
      alarm: (data: unknown) => this.hear(data as AlarmEvent),
      incident: () => this.askResponse(),
      unit: () => this.askResponse(),
      units: () => this.askResponse(),
      moved: () => this.askResponse(),
      // After a break: what was missed follows by itself, or the server says that it was too much.
      hello: () => this.askAll(),
      reset: () => this.askAll(),
    };
    const topics = (this.root.dataset["topics"] ?? "").split(" ").filter(Boolean);
    listen(topics, heard, { background: true, deaf: () => this.say(this.words.deaf, true) });
    window.setInterval(() => this.draw(), AGES);
    await this.drawGround();
  }

  private async load(): Promise<void> {
    this.store.load(...(await this.store.during(fetchJson(this.root.dataset["state"] ?? "") as Promise<State>)));
    this.say("");
    this.draw();
  }

  private async loadBare(): Promise<void> {
    const asked = this.store.bare.slice(0, MOST_IDS);
    if (asked.length === 0) return;
    const query = asked.map((id) => `id=${encodeURIComponent(id)}`).join("&");
    const found = fetchJson(`${this.root.dataset["alarms"]}?${query}`) as Promise<{ alarms: Alarm[] }>;
    const [answer, heard] = await this.store.during(found);
    this.store.complete(asked, answer.alarms, heard);
    this.draw();
    if (this.store.bare.length > 0) this.askAlarms();
  }

  private async loadResponse(): Promise<void> {
    const answer = (await fetchJson(this.root.dataset["response"] ?? "")) as Pick<State, "incidents" | "units">;
    this.store.incidents = answer.incidents;
    this.store.units = answer.units;
    this.draw();
  }

  private hear(event: AlarmEvent): void {
    if (this.store.hear(event)) {
      const kind = this.store.words["alarm"]?.[event.kind] ?? event.kind;
      const area = this.store.words["area"]?.[event.area] ?? "";
      if (!event.test) this.bell.ring(event.light);
      this.say(fill(this.words.rings, { what: `${event.number} ${kind} ${area}` }));
    }
    this.askAlarms();
    this.draw();
  }

  /** Draw once in a frame, whatever came meanwhile. */
  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    // A page out of sight gets no frames, and must not fall behind.
    const next = document.hidden ? (run: () => void) => window.setTimeout(run, 0) : requestAnimationFrame;
    next(() => {
      this.drawing = false;
      const queue = this.store.queue;
      this.alarms.show(queue);
      this.incidents.show(this.store.incidents);
      this.units.show(this.store.units);
      this.part("[data-count=alarms]").textContent = String(queue.length);
      this.part("[data-count=incidents]").textContent = String(this.store.incidents.length);
      this.ground?.show(this.store);
    });
  }

  private async drawGround(): Promise<void> {
    const { shapes, premises, cameras } = this.root.dataset;
    const found = (shapes ? await fetchJson(shapes) : EMPTY) as GeoJSON.FeatureCollection;
    const container = this.part(".map-canvas");
    const ground = new Ground(container, this.words.name, this.words, this.words.alarmLetter, found);
    ground.onChoose = (sort, id) => {
      const names: Record<string, string> = {
        alarms: "alarm", incidents: "incident", units: "unit", premises: "place", cameras: "camera",
      };
      if (names[sort]) this.open(this.address(names[sort], id));
    };
    this.ground = ground;
    ground.lookAtAll(this.store);
    this.draw();
    type Rows = { points: [number, number, ...unknown[]][] };
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("[data-layer]")) {
      const layer = button.dataset["layer"] as Layer;
      const address = layer === "premises" ? premises : cameras;
      let loaded = false;
      const load = async (): Promise<void> => {
        if (!loaded) ground.fill(layer, ((await fetchJson(address ?? "")) as Rows).points);
        loaded = true;
      };
      // What could not be fetched is asked for again when its button is pressed.
      const failed = (error: unknown): void => {
        console.warn(error);
        this.say(this.words.failed, true);
      };
      if (layer === "premises" && address) load().catch(failed);
      button.hidden = false;
      const press = async (): Promise<void> => {
        const isMissing = !loaded && button.getAttribute("aria-pressed") === "true";
        await load();
        if (!isMissing) button.setAttribute("aria-pressed", String(ground.toggle(layer)));
      };
      button.addEventListener("click", () => void press().catch(failed));
    }
  }

  private open(address: string): void {
    this.part("[data-units]").hidden = true;
    void this.panel.open(address);
  }

  private watch(): void {
    this.root.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>(".board-list a");
      if (!link || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.open(link.href);
      const id = link.dataset["id"] ?? "";
      const row = this.store.alarms.get(id) ?? this.store.incidents.find((one) => one.id === id) ?? this.store.units.find((one) => one.id === id);
      this.ground?.look(row?.point ?? null);
    });
    const sound = this.part("[data-sound]") as HTMLButtonElement;
    sound.hidden = false;
    const toggle = (): void => void this.bell.toggle().then((on) => sound.setAttribute("aria-pressed", String(on)));
    sound.addEventListener("click", toggle);
    document.addEventListener("keydown", (event) => this.press(event, toggle));
  }

  private press(event: KeyboardEvent, toggle: () => void): void {
    const target = event.target as Element;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && this.panel.isOpen) this.panel.shut();
    const typing = target.matches("input, textarea, select, [contenteditable]");
    if (isShortcut(event, typing) && event.key === "m") toggle();
    if (typing || !["ArrowUp", "ArrowDown"].includes(event.key) || target.closest(".maplibregl-map")) return;
    const links = [...this.root.querySelectorAll<HTMLAnchorElement>(".board-queue .board-list a")];
    const at = links.indexOf(target as HTMLAnchorElement);
    const next = links[event.key === "ArrowDown" ? at + 1 : Math.max(0, at - 1)];
    if (!next) return;
    next.focus();
    event.preventDefault();
  }
}

export async function mount(element: HTMLElement): Promise<void> {
  await new Board(element).start();
}
