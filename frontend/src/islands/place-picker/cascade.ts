import { type Area, pathBelow, readAreas, withQuery } from "../../lib/areas.ts";
import { fetchJson } from "../../lib/fetch-json.ts";
import { fill } from "../../lib/labels.ts";
import type { Words } from "./words.ts";

/** Selects from the top of the tree downwards; each choice brings the select of the level below. */
export class Cascade {
  readonly root: HTMLElement;
  readonly address: string;
  readonly words: Words;
  readonly chosen: (area: Area | null) => void;
  private turn = 0;

  constructor(address: string, words: Words, chosen: (area: Area | null) => void) {
    this.root = document.createElement("div");
    this.root.className = "place-cascade";
    this.address = address;
    this.words = words;
    this.chosen = chosen;
  }

  private async get(query: Record<string, string>): Promise<Area[]> {
    return readAreas(await fetchJson(withQuery(this.address, query)));
  }

  /** One select; its first line stands for the whole of the area above, or for no choice yet. */
  private select(areas: readonly Area[], parent: Area | null, value: string): HTMLSelectElement {
    const select = document.createElement("select");
    const level = areas[0]?.level ?? "city";
    select.setAttribute("aria-label", this.words[level]);
    const first = parent ? fill(this.words.whole, { name: parent.name }) : this.words.choose;
    select.append(new Option(first, ""));
    for (const area of areas) select.append(new Option(area.name, area.code));
    select.value = value;
    select.addEventListener("change", () => {
      const area = areas.find(({ code }) => code === select.value);
      void this.descend(select, area ?? null, parent);
    });
    return select;
  }

  private async descend(above: HTMLSelectElement, area: Area | null, parent: Area | null): Promise<void> {
    const turn = ++this.turn;
    while (above.nextElementSibling) above.nextElementSibling.remove();
    this.chosen(area ?? parent);
    if (!area?.has_children) return;
    const below = await this.get({ parent: area.code });
    // A slower answer to an earlier choice must not add its select to the present one.
    if (turn === this.turn && below.length > 0) this.root.append(this.select(below, area, ""));
  }

  /** Show the ladder down to `code`, and one select further; the top alone when it is empty. */
  async show(code: string): Promise<Area | null> {
    const turn = ++this.turn;
    const [top, whole] = await Promise.all([this.get({}), code ? this.get({ code }) : []]);
    const path = pathBelow(whole, top);
    const last = path.at(-1);
    const parents = last && !last.has_children ? path.slice(0, -1) : path;
    const below = await Promise.all(parents.map((parent) => this.get({ parent: parent.code })));
    const rungs = [top, ...below];
    if (turn !== this.turn) return whole.at(-1) ?? null;
    const selects = rungs.flatMap((areas, index) =>
      areas.length > 0 ? [this.select(areas, parents[index - 1] ?? null, path[index]?.code ?? "")] : [],
    );
    this.root.replaceChildren(...selects);
    return whole.at(-1) ?? null;
  }
}
