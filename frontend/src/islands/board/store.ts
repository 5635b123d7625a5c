/** What the board knows, and how events change it. No page in here: tested by itself. */
export type Light = "red" | "yellow" | "blue";
export type Place = readonly [lng: number, lat: number];

export interface Alarm {
  id: string;
  number: number;
  kind: string;
  light: Light;
  state: string;
  test: boolean;
  late: boolean;
  count: number;
  place: string;
  area: string;
  areaName: string;
  point: Place | null;
  /** seconds since 1970, of the server's clock */
  at: number;
  incident: string | null;
  /** heard of by an event only: the rest is on its way */
  bare?: boolean;
}

export interface Incident {
  id: string;
  number: string;
  kind: string;
  priority: number;
  place: string;
  area: string;
  areaName: string;
  point: Place | null;
  at: number;
  due: number | null;
  late: boolean;
  sent: boolean;
  out: number;
  there: number;
}

export interface Unit {
  id: string;
  name: string;
  kind: string;
  status: string;
  area: string;
  point: Place | null;
  age: number | null;
}

export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface State {
  now: number;
  alarms: Alarm[];
  incidents: Incident[];
  units: Unit[];
  words: Words;
}

/** What the server tells of one alarm: see `shown` and `_shown` in linli/alarms/actions. */
export interface AlarmEvent {
  id: string;
  verb: string;
  number: number;
  count: number;
  kind: string;
  area: string;
  test: boolean;
  light: Light;
  state?: string;
}

const GONE = new Set(["reset", "mark_false"]);
const WAITING = new Set(["ringing", "handed_on"]);
const LIGHTS: readonly Light[] = ["red", "yellow", "blue"];

export const waits = (alarm: Alarm): boolean => WAITING.has(alarm.state);

/** Unanswered first, real before test, the gravest first, then as they came. */
export function byUrgency(one: Alarm, other: Alarm): number {
  return (
    Number(waits(other)) - Number(waits(one)) ||
    Number(one.test) - Number(other.test) ||
    LIGHTS.indexOf(one.light) - LIGHTS.indexOf(other.light) ||
    one.number - other.number
  );
}

export class Store {
  readonly alarms = new Map<string, Alarm>();
  incidents: Incident[] = [];
  units: Unit[] = [];
  words: Words = {};
  /** the server's clock less ours, in seconds */
  ahead = 0;
  /** alarms that ended: an answer that was on its way must not bring them back */
  private readonly ended = new Set<string>();
  /** for each answer that is on its way: what was heard meanwhile, which it may not know of */
  private readonly onTheWay = new Set<AlarmEvent[]>();

  /** Wait for an answer; returns it with what was heard meanwhile. */
  async during<Answer>(asked: Promise<Answer>): Promise<[Answer, AlarmEvent[]]> {
    const heard: AlarmEvent[] = [];
    this.onTheWay.add(heard);
    try {
      return [await asked, heard];
    } finally {
      this.onTheWay.delete(heard);
    }
  }

  /** Take the whole state, and on top of it what was `heard` while it was on its way. */
  load(state: State, heard: readonly AlarmEvent[] = []): void {
    this.ahead = state.now - Date.now() / 1000;
    this.words = state.words;
    this.alarms.clear();
    this.ended.clear();
    for (const alarm of state.alarms) this.alarms.set(alarm.id, alarm);
    this.incidents = state.incidents;
    this.units = state.units;
    for (const event of heard) this.take(event);
  }

  /** Take one event; says whether it is an alarm nobody had heard of before, or one that rings again. */
  hear(event: AlarmEvent): boolean {
    for (const heard of this.onTheWay) heard.push(event);
    return this.take(event);
  }

  private take(event: AlarmEvent): boolean {
    if (GONE.has(event.verb) || event.state === "reset") {
      this.alarms.delete(event.id);
      this.ended.add(event.id);
      return false;
    }
    const known = this.alarms.get(event.id);
    const rings = event.verb === "raise" || event.verb === "ring_again";
    const state = event.state ?? (rings ? "ringing" : (known?.state ?? "ringing"));
    const { id, number, count, kind, area, test, light } = event;
    if (known) {
      Object.assign(known, { count: Math.max(known.count, count), state });
      return rings && event.verb === "ring_again";
    }
    if (this.ended.has(id)) return false;
    this.alarms.set(id, {
      id, number, count, kind, area, test, light, state,
      late: false, place: "", areaName: this.words["area"]?.[area] ?? "", point: null, at: this.now(),
      incident: null, bare: true,
    });
    return true;
  }

  /** Fill in what events do not tell. Whatever is no longer open was reset meanwhile. */
  complete(asked: readonly string[], rows: readonly Alarm[], heard: readonly AlarmEvent[] = []): void {
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const id of asked) {
      const row = found.get(id);
      const known = this.alarms.get(id);
      if (!row) this.alarms.delete(id);
      else if (!this.ended.has(id)) this.alarms.set(id, { ...row, count: Math.max(row.count, known?.count ?? 0) });
    }
    for (const event of heard) if (asked.includes(event.id)) this.take(event);
  }

  get bare(): string[] {
    return [...this.alarms.values()].filter((alarm) => alarm.bare).map((alarm) => alarm.id);
  }

  get queue(): Alarm[] {
    return [...this.alarms.values()].sort(byUrgency);
  }

  now(): number {
    return Date.now() / 1000 + this.ahead;
  }
}
