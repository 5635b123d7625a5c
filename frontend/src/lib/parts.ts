/**
 * Take the `[data-part]`s of a page anew from the server, each put in its place; whether it was done.
 * What somebody is choosing or typing (a part marked `data-touched`) is not swept away.
 */
export async function takeParts(element: HTMLElement, url: string): Promise<boolean> {
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  // A page of sign-in is not the page.
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of element.querySelectorAll<HTMLElement>("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset["part"] ?? ""}"]`);
    if (!fresh || "touched" in part.dataset || part.contains(document.activeElement)) continue;
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
