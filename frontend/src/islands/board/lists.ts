import { fill } from "../../lib/labels.ts";
import { type Alarm, type Incident, type Store, type Unit, waits } from "./store.ts";

export type Words = Readonly<Record<string, string>>;

function element(tag: string, name: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

/** How long ago, in the one unit that matters. */
export function since(seconds: number, words: Words): string {
  if (seconds < 90) return fill(words["seconds"] ?? "", { count: Math.max(0, Math.floor(seconds)) });
  if (seconds < 5400) return fill(words["minutes"] ?? "", { count: Math.floor(seconds / 60) });
  return fill(words["hours"] ?? "", { count: Math.floor(seconds / 3600) });
}

/** One list of the board: rows are kept by id, so that what has the focus keeps it. */
export class List<Row extends { id: string }> {
  private readonly root: HTMLElement;
  private readonly rows = new Map<string, HTMLLIElement>();
  private readonly draw: (row: Row, link: HTMLAnchorElement, item: HTMLLIElement) => void;
  private readonly address: (row: Row) => string;
  private readonly none: string;

  constructor(
    root: HTMLElement,
    none: string,
    address: (row: Row) => string,
    draw: (row: Row, link: HTMLAnchorElement, item: HTMLLIElement) => void,
  ) {
    this.root = root;
    this.none = none;
    this.address = address;
    this.draw = draw;
    root.replaceChildren();
  }

  show(rows: readonly Row[]): void {
    const kept = new Set(rows.map((row) => row.id));
    for (const [id, item] of this.rows) {
      if (kept.has(id)) continue;
      item.remove();
      this.rows.delete(id);
    }
    rows.forEach((row, place) => {
      const item = this.rows.get(row.id) ?? this.add(row);
      this.draw(row, item.firstElementChild as HTMLAnchorElement, item);
      if (this.root.children[place] !== item) this.root.insertBefore(item, this.root.children[place] ?? null);
    });
    const empty = this.root.querySelector(".board-none");
    if (rows.length > 0) empty?.remove();
    else if (!empty && this.none) this.root.append(element("li", "board-none", this.none));
  }

  private add(row: Row): HTMLLIElement {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = this.address(row);
    link.dataset["id"] = row.id;
    item.append(link);
    this.rows.set(row.id, item);
    return item;
  }
}

function put(link: HTMLElement, title: string, right: string, below: readonly string[], marks: readonly string[]): void {
  const head = element("span", "board-row-head", "");
  head.append(element("strong", "", title), ...marks.map((mark) => element("span", "tag", mark)));
  head.append(element("span", "board-row-age", right));
  link.replaceChildren(head, element("span", "board-row-text", below.filter(Boolean).join(" · ")));
}

export function drawAlarm(store: Store, words: Words): (row: Alarm, link: HTMLAnchorElement, item: HTMLLIElement) => void {
  return (row, link, item) => {
    item.className = `lit-${row.light}${waits(row) ? " board-waits" : ""}`;
    const kind = store.words["alarm"]?.[row.kind] ?? row.kind;
    const state = store.words["alarmState"]?.[row.state] ?? row.state;
    const marks = [
      ...(row.test ? [words["test"] ?? ""] : []),
      ...(row.late ? [words["late"] ?? ""] : []),
      ...(row.count > 1 ? [fill(words["times"] ?? "", { count: row.count })] : []),
    ];
    const place = row.place || row.areaName;
    put(link, `${row.number} ${kind}`, since(store.now() - row.at, words), [place, state], marks);
  };
}

export function drawIncident(store: Store, words: Words): (row: Incident, link: HTMLAnchorElement, item: HTMLLIElement) => void {
  return (row, link, item) => {
    item.className = row.late || row.priority === 1 ? "lit-red" : row.priority === 2 ? "lit-yellow" : "lit-blue";
    const priority = store.words["priority"]?.[String(row.priority)] ?? String(row.priority);
    const out = row.out ? fill(words["out"] ?? "", { out: row.out, there: row.there }) : row.sent ? "" : (words["nobody"] ?? "");
    const marks = [priority, ...(row.late ? [words["overdue"] ?? ""] : [])];
    put(link, row.kind, since(store.now() - row.at, words), [row.place || row.areaName, out], marks);
  };
}

const LIGHT_OF: Readonly<Record<string, string>> = {
  available: "green", assigned: "yellow", en_route: "yellow", at_scene: "red",
};

export function drawUnit(store: Store): (row: Unit, link: HTMLAnchorElement, item: HTMLLIElement) => void {
  return (row, link, item) => {
    item.className = LIGHT_OF[row.status] ? `lit-${LIGHT_OF[row.status]}` : "";
    const kind = store.words["unit"]?.[row.kind] ?? row.kind;
    put(link, row.name, store.words["status"]?.[row.status] ?? row.status, [kind, store.words["area"]?.[row.area] ?? ""], []);
  };
}
