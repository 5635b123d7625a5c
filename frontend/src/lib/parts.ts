/**
 * Take the `[data-part]`s of a page anew from the server, each put in its place; whether it was done.
 * What somebody is choosing or typing (a part marked `data-touched`) is not swept away. Where a part is
 * there no more the page has become another one, and is loaded as a whole; by whoever shows it, where that
 * is not the browser itself (`another-page`).
 */
export async function takeParts(element: HTMLElement, url: string): Promise<boolean> {
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  // A page of sign-in is not the page.
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...element.querySelectorAll<HTMLElement>("[data-part]")];
  const inUse = (part: HTMLElement): boolean => "touched" in part.dataset || part.contains(document.activeElement);
  const freshOf = (part: HTMLElement): Element | null =>
    page.querySelector(`[data-part="${part.dataset["part"] ?? ""}"]`);
  if (!parts.some(inUse) && !parts.every(freshOf)) {
    const asked = new CustomEvent("another-page", { bubbles: true, cancelable: true });
    if (element.isConnected && element.dispatchEvent(asked)) location.reload();
    return false;
  }
  for (const part of parts) {
    const fresh = freshOf(part);
    if (!fresh || inUse(part)) continue;
    const open = [...part.querySelectorAll("details")].map((one) => one.open);
    part.innerHTML = fresh.innerHTML;
    part.querySelectorAll("details").forEach((one, place) => (one.open = open[place] ?? one.open));
  }
  return true;
}

/** Mark the part in which something is chosen or typed. */
export function watchTouch(element: HTMLElement): void {
  element.addEventListener("input", (event) => {
    const part = (event.target as HTMLElement).closest<HTMLElement>("[data-part]");
    if (part) part.dataset["touched"] = "";
  });
}
