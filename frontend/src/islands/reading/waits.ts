/** Call `act` once the calls have paused for `pause` milliseconds; never two at a time. */
export function waits(act: () => Promise<void>, pause: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  const run = (): void => {
    if (isBusy) {
      timer = setTimeout(run, pause);
      return;
    }
    isBusy = true;
    void act().finally(() => {
      isBusy = false;
    });
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, pause);
  };
}
