type Light = "blue" | "yellow" | "red" | "green";

interface RequestDetail {
  ctx: { response?: { status: number; raw: Response } };
}

const READING_TIME = 8000;

/** Show a short word at the edge of the screen. A red one stays until it is closed. */
export function toast(text: string, light: Light = "blue"): void {
  const region = document.getElementById("toasts");
  const template = document.getElementById("toast-template") as HTMLTemplateElement | null;
  if (!region || !template || !text) return;
  const copy = template.content.cloneNode(true) as DocumentFragment;
  const box = copy.firstElementChild as HTMLElement;
  box.classList.add(`lit-${light}`);
  (box.querySelector(".toast-text") as HTMLElement).textContent = text;
  box.querySelector("button")?.addEventListener("click", () => box.remove());
  region.append(box);
  if (light !== "red") setTimeout(() => box.remove(), READING_TIME);
}

function word(name: string): string {
  return document.getElementById("toasts")?.dataset[name] ?? "";
}

function explain(status: number): void {
  if (status === 403) toast(word("forbidden"), "red");
  else if (status === 404 || status === 410) toast(word("gone"), "red");
  else if (status === 429) toast(word("busy"), "yellow");
  else if (status >= 500) toast(word("failed"), "red");
}

/** A session that ended answers with the sign-in page: go there, and come back here afterwards. */
function leaveForSignIn(response: Response): boolean {
  const arrived = new URL(response.url, location.href);
  if (!response.redirected || !/\/login\/?$/.test(arrived.pathname)) return false;
  arrived.searchParams.set("next", location.pathname + location.search);
  location.assign(arrived);
  return true;
}

/** Say what went wrong when a request of htmx fails, and show toasts the server asks for. */
export function watchRequests(): void {
  document.addEventListener("htmx:before:response", (event) => {
    const response = (event as CustomEvent<RequestDetail>).detail.ctx.response;
    if (response && leaveForSignIn(response.raw)) event.preventDefault();
  });
  document.addEventListener("htmx:response:error", (event) => {
    explain((event as CustomEvent<RequestDetail>).detail.ctx.response?.status ?? 0);
  });
  document.addEventListener("htmx:error", (event) => {
    const detail = (event as CustomEvent<{ ctx?: { response?: unknown } }>).detail;
    if (detail.ctx && !detail.ctx.response) toast(word("offline"), "red");
  });
  // HX-Trigger: {"toast": {"text": "…", "light": "green"}}
  document.addEventListener("toast", (event) => {
    const detail = (event as CustomEvent<{ text?: string; light?: Light }>).detail;
    toast(detail.text ?? "", detail.light);
  });
}
