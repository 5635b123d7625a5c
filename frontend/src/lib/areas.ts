/** Areas as the server sends them, and the ladder of selects made of them. */
export const LEVELS = ["city", "county", "township", "village", "grid"] as const;
export type Level = (typeof LEVELS)[number];

export interface Area {
  code: string;
  name: string;
  level: Level;
  has_children: boolean;
  path?: string;
  /** longitude, latitude of its middle, where it is known */
  point?: readonly [number, number] | null;
}

function isArea(row: unknown): row is Area {
  const area = row as Partial<Area> | null;
  return (
    typeof area?.code === "string" &&
    typeof area.name === "string" &&
    LEVELS.includes(area.level as Level)
  );
}

/** Read `{"areas": [...]}`; anything else is an error. */
export function readAreas(answer: unknown): Area[] {
  const rows = (answer as { areas?: unknown } | null)?.areas;
  if (!Array.isArray(rows)) throw new TypeError("the answer has no list of areas");
  return rows.filter(isArea);
}

/** The part of a path that begins at one of the areas a person may choose from. */
export function pathBelow(path: readonly Area[], top: readonly Area[]): Area[] {
  const start = path.findIndex(({ code }) => top.some((area) => area.code === code));
  return start < 0 ? [] : path.slice(start);
}

/** Put parameters behind an address that may have some already. */
export function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  if (!text) return address;
  return address + (address.includes("?") ? "&" : "?") + text;
}

/** Where the arrow keys lead in a list of `length` from `index` (-1: none chosen yet). */
export function step(index: number, key: string, length: number): number {
  if (length === 0) return -1;
  if (key === "ArrowDown") return (index + 1) % length;
  if (key === "ArrowUp") return index <= 0 ? length - 1 : index - 1;
  if (key === "Home") return 0;
  if (key === "End") return length - 1;
  return index;
}
