import { sha256 } from "./sha256.ts";

const SLICE = 400;

/** Whether the hash begins with so many zero bits. */
export function isProof(stamp: string, proof: string, bits: number): boolean {
  return (sha256(`${stamp}:${proof}`)[0] as number) >>> (32 - bits) === 0;
}

/**
 * Do a small sum while the person types: it costs one sender nothing and a flood of machines a lot.
 * Who sends before it is done is let through by the server as one without scripts.
 */
export function mount(element: HTMLElement): void {
  const field = element.querySelector<HTMLInputElement>("input[name=proof]");
  const stamp = element.dataset["stamp"] ?? "";
  const bits = Number(element.dataset["bits"] ?? 0);
  if (!field || !stamp || bits < 1) return;
  let n = 0;
  const go = (): void => {
    const until = n + SLICE;
    for (; n < until; n++) {
      if (isProof(stamp, String(n), bits)) {
        field.value = String(n);
        return;
      }
    }
    // In small slices, so that the page never stands still on an old phone.
    setTimeout(go, 0);
  };
  go();
}
