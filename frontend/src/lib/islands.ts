/** An island's module: `mount` is called once for each element that names it. */
export interface Island {
  mount(element: HTMLElement): void | Promise<void>;
}

export type Loaders = Readonly<Record<string, () => Promise<Island>>>;

const mounted = new WeakSet<Element>();

function mountAll(root: ParentNode, loaders: Loaders): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-island]")) {
    const load = loaders[element.dataset["island"] ?? ""];
    if (!load || mounted.has(element)) continue;
    mounted.add(element);
    load()
      .then((island) => island.mount(element))
      .catch((error: unknown) => {
        // The server-rendered content stays: it works without the island.
        element.dataset["islandFailed"] = "";
        console.error("island", element.dataset["island"], error);
      });
  }
}

/** Mount the islands of the page, and of whatever htmx swaps in later. */
export function startIslands(loaders: Loaders): void {
  mountAll(document, loaders);
  document.addEventListener("htmx:after:settle", () => mountAll(document, loaders));
}
