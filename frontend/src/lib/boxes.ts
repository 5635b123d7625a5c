/** Left, top, width and height, each in thousandths of the picture. */
export type Box = [number, number, number, number];

/** The box between two corners, however it was drawn; kept inside the picture. */
export function boxBetween(from: readonly [number, number], to: readonly [number, number]): Box {
  const inside = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000);
  const [left, right] = [inside(Math.min(from[0], to[0])), inside(Math.max(from[0], to[0]))];
  const [top, bottom] = [inside(Math.min(from[1], to[1])), inside(Math.max(from[1], to[1]))];
  return [left, top, right - left, bottom - top];
}

/** A click is no box. */
export function isBox([, , width, height]: Box): boolean {
  return width >= 5 && height >= 5;
}
