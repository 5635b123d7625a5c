/** A length of time as it is read at a glance: 0:09, 12:30, 1:02:05. */
export function spell(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/**
 * Let every `<time data-since>` in the element run up and every `<time data-due>` run down, once a
 * second; one whose time is up turns red. The server has written what they showed when it answered.
 */
export function runClocks(element: HTMLElement, now = Date.now()): void {
  for (const clock of element.querySelectorAll<HTMLElement>("time[data-since]")) {
    clock.textContent = spell((now - Date.parse(clock.dataset["since"] ?? "")) / 1000);
  }
  for (const clock of element.querySelectorAll<HTMLElement>("time[data-due]")) {
    const left = (Date.parse(clock.dataset["due"] ?? "") - now) / 1000;
    clock.textContent = left < 0 ? `+${spell(-left)}` : spell(left);
    clock.classList.toggle("is-late", left < 0);
  }
}
