type Degrees = readonly [lng: number, lat: number];

const METRES_A_DEGREE = 111_195;

/** How far two places of one region lie apart, as the crow flies. */
export function metres(from: Degrees, to: Degrees): number {
  const east = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180);
  return METRES_A_DEGREE * Math.hypot(east, to[1] - from[1]);
}
