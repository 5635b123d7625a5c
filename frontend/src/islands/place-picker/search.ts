import { step } from "../../lib/areas.ts";
import { fill } from "../../lib/labels.ts";

const PAUSE = 200;

/** What the combobox says. */
export interface SearchWords {
  search: string;
  none: string;
  found: string;
  failed: string;
}

/** Where the lines come from, and how each is written. */
export interface Source<Item> {
  ask(words: string, signal: AbortSignal): Promise<Item[]>;
  name(item: Item): string;
  detail(item: Item): string;
}

/** A combobox: type part of a name, choose with the arrow keys and Enter, or by pressing a line. */
export class Search<Item> {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly status: HTMLElement;
  private readonly source: Source<Item>;
  private readonly words: SearchWords;
  private readonly chosen: (item: Item) => void;
  private found: Item[] = [];
  private active = -1;
  private timer = 0;
  /** whether something was typed that nothing was chosen for yet */
  private isOpen = false;
  private request: AbortController | null = null;

  constructor(id: string, words: SearchWords, source: Source<Item>, chosen: (item: Item) => void) {
    this.source = source;
    this.words = words;
    this.chosen = chosen;
    this.root = document.createElement("div");
    this.root.className = "place-search";
    this.list = document.createElement("ul");
    this.list.id = `${id}_found`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.search);
    this.list.hidden = true;
    this.status = document.createElement("div");
    this.status.className = "helptext";
    this.status.setAttribute("role", "status");
    this.input = this.makeInput(`${id}_search`);
    this.root.append(this.input, this.list, this.status);
  }

  private makeInput(id: string): HTMLInputElement {
    const input = document.createElement("input");
    Object.assign(input, { id, type: "text", autocomplete: "off", placeholder: this.words.search });
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", (event) => {
      // Half a character of an input method is not a word to look for.
      if (!(event as InputEvent).isComposing) this.lookSoon();
    });
    input.addEventListener("compositionend", () => this.lookSoon());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    return input;
  }

  private lookSoon(): void {
    this.isOpen = this.input.value.trim() !== "";
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), PAUSE);
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    const words = this.input.value.trim();
    this.request?.abort();
    if (!words) {
      this.status.textContent = "";
      this.close();
      return;
    }
    this.request = new AbortController();
    try {
      this.show(await this.source.ask(words, this.request.signal));
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.status.textContent = this.words.failed;
    }
  }

  private show(items: Item[]): void {
    this.found = items;
    this.active = -1;
    this.list.replaceChildren(
      ...items.map((item, index) => {
        const line = document.createElement("li");
        line.id = `${this.list.id}_${index}`;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        const path = document.createElement("span");
        path.className = "quiet small";
        path.textContent = this.source.detail(item);
        line.append(this.source.name(item), path);
        line.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.take(index);
        });
        return line;
      }),
    );
    const { none, found } = this.words;
    this.status.textContent = items.length > 0 ? fill(found, { count: items.length }) : none;
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  private press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter" && (this.isOpen || !this.list.hidden)) {
      // What was typed is a question still: Enter answers it, and sends no form.
      event.preventDefault();
      if (this.list.hidden) void this.look();
      else this.take(Math.max(this.active, 0));
    } else if (this.list.hidden) {
      return;
    } else if (event.key === "Escape") {
      this.close();
    } else if (["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) {
      event.preventDefault();
      this.mark(step(this.active, event.key, this.found.length));
    }
  }

  private mark(index: number): void {
    this.active = index;
    [...this.list.children].forEach((line, at) => {
      line.setAttribute("aria-selected", String(at === index));
      if (at === index) {
        this.input.setAttribute("aria-activedescendant", line.id);
        line.scrollIntoView({ block: "nearest" });
      }
    });
  }

  private take(index: number): void {
    const item = this.found[index];
    if (!item) return;
    this.say(this.source.name(item));
    this.status.textContent = this.source.detail(item);
    this.close();
    this.chosen(item);
  }

  /** Show a name that needs no choice any more. */
  say(name: string): void {
    this.input.value = name;
    this.isOpen = false;
    clearTimeout(this.timer);
    this.request?.abort();
  }

  private close(): void {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
