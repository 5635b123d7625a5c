// The page of what was chosen, beside the map: its forms and links are followed in here. So a step is
// written once, on its own page, and a board needs none of its own.

/** Mount the islands of what came and end those of what went, as after any other swap. */
function settled(): void {
  document.dispatchEvent(new CustomEvent("htmx:after:settle"));
}

export class Panel {
  private readonly root: HTMLElement;
  private readonly content: HTMLElement;
  private readonly whole: HTMLAnchorElement | null;
  private readonly failed: string;
  /** called after something was sent from the panel, and when it is closed */
  onSent: () => void = () => undefined;
  onShut: () => void = () => undefined;
  private turn = 0;

  constructor(root: HTMLElement, failed: string) {
    this.root = root;
    this.failed = failed;
    this.content = root.querySelector<HTMLElement>("[data-panel-content]") ?? root;
    this.whole = root.querySelector<HTMLAnchorElement>("[data-whole]");
    root.querySelector("[data-shut]")?.addEventListener("click", () => this.shut());
    this.content.addEventListener("submit", (event) => this.submit(event));
    this.content.addEventListener("click", (event) => this.follow(event));
    this.content.addEventListener("another-page", (event) => {
      event.preventDefault();
      // What is on its way is newer.
      if (!this.root.hasAttribute("aria-busy")) void this.open(this.whole?.href ?? "");
    });
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  shut(): void {
    this.turn += 1;
    this.root.hidden = true;
    this.content.replaceChildren();
    settled();
    this.onShut();
  }

  async open(address: string): Promise<void> {
    await this.fetch(address, {});
  }

  private async fetch(address: string, options: RequestInit): Promise<void> {
    const turn = ++this.turn;
    this.root.hidden = false;
    this.root.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { credentials: "same-origin", ...options });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("main#content");
      if (turn !== this.turn) return;
      // A session that ended answers with the page at the door.
      if (!found) {
        location.assign(response.url);
        return;
      }
      this.content.replaceChildren(...found.childNodes);
      if (this.whole) this.whole.href = response.url;
      settled();
      this.root.scrollTop = 0;
    } catch (error) {
      console.warn(error);
      if (turn === this.turn) this.say(this.failed);
    } finally {
      if (turn === this.turn) this.root.removeAttribute("aria-busy");
    }
  }

  private say(text: string): void {
    const line = document.createElement("p");
    line.className = "note lit-red";
    line.setAttribute("role", "alert");
    line.textContent = text;
    this.content.prepend(line);
  }

  private submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    // What asks first has stopped it; it comes again when the answer is yes.
    if (event.defaultPrevented) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    const action = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
    const address = new URL(action, this.whole?.href ?? location.href);
    if (form.method === "get") {
      for (const [name, value] of data) address.searchParams.append(name, String(value));
      void this.open(address.href);
      return;
    }
    void this.fetch(address.href, { method: "POST", body: data }).then(() => this.onSent());
  }

  private follow(event: MouseEvent): void {
    const link = (event.target as Element).closest("a");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target || link.hasAttribute("download") || !link.getAttribute("href")) return;
    const address = new URL(link.getAttribute("href") ?? "", this.whole?.href ?? location.href);
    if (address.origin !== location.origin || address.hash) return;
    event.preventDefault();
    void this.open(address.href);
  }
}
