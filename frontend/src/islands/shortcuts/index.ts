import { isShortcut } from "../../lib/keys.ts";

const TYPING = "input, textarea, select, [contenteditable], dialog[open] *";

function showHelp(): void {
  const dialog = document.getElementById("shortcuts") as HTMLDialogElement | null;
  if (dialog && !dialog.open) dialog.showModal();
}

/** / search · n new case · g workbench · ? this list. */
export function watchShortcuts(): void {
  const opener = document.querySelectorAll<HTMLElement>('[data-opens="shortcuts"]');
  for (const button of opener) {
    button.hidden = false;
    button.addEventListener("click", showHelp);
  }
  document.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    if (!isShortcut(event, target.matches(TYPING)) || document.querySelector("dialog[open]")) return;
    const addresses = document.getElementById("shortcut-addresses")?.dataset ?? {};
    if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>("[data-search], input[type=search]");
      if (!search) return;
      const drawer = search.closest("details");
      if (drawer) drawer.open = true;
      search.focus();
    } else if (event.key === "?") {
      showHelp();
    } else {
      const address = addresses[event.key];
      if (!address) return;
      location.assign(address);
    }
    event.preventDefault();
  });
}
