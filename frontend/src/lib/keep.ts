import { metres } from "./away.ts";

/** Positions that wait on the phone until there is a network: a list that never holds one twice. */
export interface Fix {
  at: string;
  longitude: number;
  latitude: number;
  accuracy: number;
}

// What one request may hold, and so many that a day without a network fits.
export const BATCH = 500;
export const MOST = 20_000;

/** Add a position; the oldest give way when there are too many. */
export function added(kept: readonly Fix[], fix: Fix): Fix[] {
  if (kept.some((one) => one.at === fix.at)) return [...kept];
  return [...kept, fix].slice(-MOST);
}

/** Take away what was sent, whatever came meanwhile. */
export function without(kept: readonly Fix[], sent: readonly Fix[]): Fix[] {
  const gone = new Set(sent.map((one) => one.at));
  return kept.filter((one) => !gone.has(one.at));
}

/** Whether a position says something new: some metres or some seconds after the last one. */
export function worth(fix: Fix, last: Fix | undefined): boolean {
  if (!last) return true;
  const seconds = (Date.parse(fix.at) - Date.parse(last.at)) / 1000;
  const away = metres([fix.longitude, fix.latitude], [last.longitude, last.latitude]);
  return seconds >= 30 || (seconds >= 3 && away >= 8);
}
