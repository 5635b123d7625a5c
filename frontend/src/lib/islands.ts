/**
 * An island's module: `mount` is called once for each element that names it. The signal is aborted when
 * the element has left the page: what listens, asks or plays ends then.
 */
export interface Island {
  mount(element: HTMLElement, gone: AbortSignal): void | Promise<void>;
}

export type Loaders = Readonly<Record<string, () => Promise<Island>>>;

const mounted = new Map<HTMLElement, AbortController>();

function mountAll(root: ParentNode, loaders: Loaders): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-island]")) {
    const load = loaders[element.dataset["island"] ?? ""];
    if (!load || mounted.has(element)) continue;
    const gone = new AbortController();
    mounted.set(element, gone);
    load()
      .then((island) => (gone.signal.aborted ? undefined : island.mount(element, gone.signal)))
      .catch((error: unknown) => {
        // The server-rendered content stays: it works without the island.
        element.dataset["islandFailed"] = "";
        console.error("island", element.dataset["island"], error);
      });
  }
}

function endGone(): void {
  for (const [element, gone] of mounted) {
    if (element.isConnected) continue;
    mounted.delete(element);
    gone.abort();
  }
}

/** Mount the islands of the page, and of whatever is swapped in later; end those that were swapped out. */
export function startIslands(loaders: Loaders): void {
  mountAll(document, loaders);
  document.addEventListener("htmx:after:settle", () => {
    endGone();
    mountAll(document, loaders);
  });
}
