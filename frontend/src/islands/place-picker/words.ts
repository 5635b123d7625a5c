export const WORDS = [
  "search", "choose", "whole", "none", "found", "failed", "city", "county", "township", "village",
  "grid", "openMap", "map", "setHere", "clear", "marked", "notMarked", "zoomIn", "zoomOut", "gestures",
] as const;

export type Words = Record<(typeof WORDS)[number], string>;
