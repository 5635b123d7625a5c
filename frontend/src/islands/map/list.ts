import { fill } from "../../lib/labels.ts";
import { countLights, type Light, LIGHTS, type Point } from "../../lib/points.ts";

export interface ListWords extends Record<Light, string> {
  summary: string;
  inView: string;
  openCase: string;
  close: string;
}

/** The same cases as text: for the keyboard, for screen readers, and for whoever prefers a list. */
export class CaseList {
  readonly root: HTMLElement;
  readonly words: ListWords;
  readonly address: (id: string) => string;

  constructor(root: HTMLElement, words: ListWords, caseUrl: string) {
    this.root = root;
    this.words = words;
    this.address = (id) => caseUrl.replace("{id}", encodeURIComponent(id));
  }

  private badge(light: Light): HTMLElement {
    const badge = document.createElement("span");
    badge.className = `light light-${light}`;
    badge.textContent = this.words[light];
    return badge;
  }

  private link(point: Point, text: string): HTMLAnchorElement {
    const link = document.createElement("a");
    link.href = this.address(point[4]);
    link.textContent = text;
    return link;
  }

  /** Say how many cases there are in all, and of each light. */
  summarise(points: readonly Point[], total: number): void {
    const counts = countLights(points);
    const parts = LIGHTS.filter((light) => counts[light] > 0).map(
      (light) => `${this.words[light]} ${counts[light]}`,
    );
    const text = fill(this.words.summary, { shown: points.length, total });
    const place = this.root.querySelector(".map-summary");
    if (place) place.textContent = [text, ...parts].join(" · ");
  }

  /** List the most urgent cases of the part of the map that is seen. */
  show(points: readonly Point[]): void {
    const list = this.root.querySelector("ul");
    const fold = this.root.querySelector("details");
    if (fold) fold.hidden = points.length === 0;
    const heading = this.root.querySelector("summary span");
    if (heading) heading.textContent = fill(this.words.inView, { count: points.length });
    list?.replaceChildren(
      ...points.map((point) => {
        const item = document.createElement("li");
        item.append(this.link(point, point[3]), this.badge(point[2]));
        return item;
      }),
    );
  }

  /** Open the panel of one case and move the focus to its link. */
  open(panel: HTMLElement, point: Point, back: () => void): void {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button-quiet";
    close.textContent = this.words.close;
    const shut = (): void => {
      panel.hidden = true;
      back();
    };
    close.addEventListener("click", shut);
    const link = this.link(point, this.words.openCase);
    link.className = "button";
    const number = document.createElement("strong");
    number.textContent = point[3];
    panel.replaceChildren(number, this.badge(point[2]), link, close);
    panel.onkeydown = (event) => {
      if (event.key === "Escape") shut();
    };
    panel.hidden = false;
    link.focus({ preventScroll: true });
  }
}
