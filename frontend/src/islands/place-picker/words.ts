export const POINT_WORDS = [
  "openMap", "map", "setHere", "clear", "marked", "markedAt", "notMarked", "zoomIn", "zoomOut", "gestures",
  "address", "addressNone", "addressFound", "addressFailed", "addressAway",
] as const;

export const WORDS = [
  "search", "choose", "whole", "none", "found", "failed", "city", "county", "township", "village",
  "grid", ...POINT_WORDS,
] as const;

export type PointWords = Record<(typeof POINT_WORDS)[number], string>;
export type Words = Record<(typeof WORDS)[number], string>;
