import { isShortcut } from "../../lib/keys.ts";

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";

/** Digits choose the kind; the categories offered are those of the kind (their groups stand in the same order). */
export function mount(element: HTMLElement): void {
  const radios = [...element.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  const select = element.querySelector<HTMLSelectElement>("select");
  if (!select) return;
  const groups = [...select.querySelectorAll("optgroup")];

  const offer = (): void => {
    const chosen = radios.findIndex((radio) => radio.checked);
    const value = select.value;
    for (const [index, group] of groups.entries()) {
      if (index === chosen) select.append(group);
      else group.remove();
    }
    // A category of another kind is let go.
    select.value = value;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  };

  radios.forEach((radio, index) => {
    const digit = document.createElement("kbd");
    digit.textContent = String(index + 1);
    radio.closest("label")?.append(" ", digit);
    radio.addEventListener("change", offer);
  });
  // A draft that is put back fires no change.
  element.addEventListener("linli:restored", offer);
  document.addEventListener("keydown", (event) => {
    const isTyping = (event.target as Element).matches(TYPING);
    if (!isShortcut(event, isTyping) || document.querySelector("dialog[open]")) return;
    const radio = radios[Number(event.key) - 1];
    if (!radio) return;
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    event.preventDefault();
  });
  offer();
}
