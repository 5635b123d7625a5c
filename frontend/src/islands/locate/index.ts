import { fill, labels } from "../../lib/labels.ts";

const WORDS = ["locate", "asks", "found", "outside", "refused"] as const;

/** A button that asks the phone where it is, only when it is pressed, and fills in the place. */
export function mount(element: HTMLElement): void {
  if (!("geolocation" in navigator)) return;
  const words = labels(element, WORDS);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = words.locate;
  const status = document.createElement("span");
  status.className = "quiet";
  status.setAttribute("role", "status");
  status.textContent = words.asks;
  const row = document.createElement("div");
  row.className = "row";
  row.append(button, status);
  element.append(row);

  const found = async ({ coords }: GeolocationPosition): Promise<void> => {
    const at = { lng: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6) };
    const answer = await fetch(`${element.dataset["here"]}?${new URLSearchParams(at)}`);
    const { area } = (await answer.json()) as { area: { code: string; name: string } | null };
    status.textContent = area ? fill(words.found, { name: area.name }) : words.outside;
    if (!area) return;
    for (const [name, value] of Object.entries({ ...at, area: area.code })) {
      const field = element.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (!field) continue;
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const search = element.querySelector<HTMLInputElement>("[role=combobox]");
    if (search) search.value = area.name;
  };
  button.addEventListener("click", () => {
    button.disabled = true;
    const ended = (text?: string): void => {
      button.disabled = false;
      if (text) status.textContent = text;
    };
    navigator.geolocation.getCurrentPosition(
      (position) => {
        found(position).then(() => ended(), () => ended(words.refused));
      },
      () => ended(words.refused),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}
