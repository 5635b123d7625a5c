/** Run something every so many milliseconds until the signal is aborted. */
export function every(milliseconds: number, run: () => void, gone: AbortSignal): void {
  const timer = window.setInterval(run, milliseconds);
  gone.addEventListener("abort", () => window.clearInterval(timer));
}
