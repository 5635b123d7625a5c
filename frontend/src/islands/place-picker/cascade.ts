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

  /**
   * One select. The whole of the area above can be chosen too; while nothing is chosen at all,
   * the first line says so.
   */
  private select(areas: readonly Area[], parent: Area | null, value: string): HTMLSelectElement {
    const select = document.createElement("select");
    const level = areas[0]?.level ?? "city";
    select.setAttribute("aria-label", this.words[level]);
    if (!parent || !value) select.append(new Option(this.words.choose, ""));
    if (parent) select.append(new Option(fill(this.words.whole, { name: parent.name }), parent.code));
    for (const area of areas) select.append(new Option(area.name, area.code));
    select.value = value;
    select.addEventListener("change", () => {
      const whole = parent?.code === select.value ? parent : null;
      const area = areas.find(({ code }) => code === select.value) ?? null;
      void this.descend(select, area, whole);
    });
    return select;
  }

  private async descend(above: HTMLSelectElement, area: Area | null, whole: Area | null): Promise<void> {
    const turn = ++this.turn;
    while (above.nextElementSibling) above.nextElementSibling.remove();
    this.chosen(area ?? whole);
    if (!area?.has_children) return;
    const below = await this.get({ parent: area.code });
    // A slower answer to an earlier choice must not add its select to the present one.
    if (turn === this.turn && below.length > 0) this.root.append(this.select(below, area, area.code));
  }

  /** The first selects of somebody with a single area: what lies below it, nothing chosen yet. */
  private async opening(top: readonly Area[]): Promise<HTMLSelectElement[]> {
    const [only] = top;
    if (top.length === 1 && only?.has_children) {
      return [this.select(await this.get({ parent: only.code }), only, "")];
    }
    return [this.select(top, null, "")];
  }

  private async ladder(
    path: readonly Area[],
    top: readonly Area[],
    isChosen: boolean,
  ): Promise<HTMLSelectElement[]> {
    const parents = path.filter((area) => area.has_children);
    const below = await Promise.all(parents.map((parent) => this.get({ parent: parent.code })));
    return [top, ...below].flatMap((areas, index) => {
      const parent = parents[index - 1] ?? null;
      const last = isChosen ? (parent?.code ?? "") : "";
      return areas.length > 0 ? [this.select(areas, parent, path[index]?.code ?? last)] : [];
    });
  }

  /**
   * Show the ladder down to `code`, and one select further. Without a code nothing is chosen and
   * the ladder is open down to `start`. Returns the area that it led to.
   */
  async show(code: string, start = ""): Promise<Area | null> {
    const turn = ++this.turn;
    const aim = code || start;
    const [top, whole] = await Promise.all([this.get({}), aim ? this.get({ code: aim }) : []]);
    const below = pathBelow(whole, top);
    const path = code ? below : below.filter((area) => area.has_children);
    const selects = await (path.length > 0
      ? this.ladder(path, top, code !== "")
      : this.opening(top));
    if (turn === this.turn) this.root.replaceChildren(...selects);
    return whole.at(-1) ?? null;
  }
}
