const YEAR = 365 * 24 * 3600;

export type Theme = "" | "light" | "dark";

/** Say whether the page is dark now, by choice or by the system. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Call back whenever the page turns light or dark, until `gone`. */
export function onThemeChange(callback: () => void, gone?: AbortSignal): void {
  const until = gone ? { signal: gone } : {};
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback, until);
  document.addEventListener("linli:theme", callback, until);
}

function choose(theme: Theme): void {
  // A cookie and not local storage: the server writes the choice into the page, so nothing flashes.
  document.cookie = `linli_theme=${theme};path=/;max-age=${theme ? YEAR : 0};samesite=lax`;
  if (theme) document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset["themeChoice"] === theme));
  }
  document.dispatchEvent(new CustomEvent("linli:theme"));
}

export function watchTheme(): void {
  for (const group of document.querySelectorAll<HTMLElement>("[data-theme-switch]")) {
    group.hidden = false;
  }
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (button) choose((button.dataset["themeChoice"] ?? "") as Theme);
  });
}
