/** What was typed into a form and not yet sent. */
export interface Draft {
  at: number;
  values: Readonly<Record<string, readonly string[]>>;
}

const WEEK = 7 * 24 * 3600 * 1000;

/** A draft belongs to one form on one page and to one person: others may use this computer. */
export function draftKey(name: string, path: string, person: string): string {
  return `linli:draft:${person}:${path}:${name}`;
}

export function writeDraft(values: Draft["values"], at: number): string {
  return JSON.stringify({ at, values });
}

/** Read a draft back; what does not look like one is no draft. */
export function readDraft(text: string | null): Draft | null {
  if (!text) return null;
  try {
    const draft = JSON.parse(text) as Partial<Draft>;
    const whole = typeof draft.at === "number" && typeof draft.values === "object";
    return whole && draft.values ? { at: draft.at as number, values: draft.values } : null;
  } catch {
    return null;
  }
}

/** Drafts are kept for a week: long enough for a holiday, short enough for a shared computer. */
export function isFresh(draft: Draft | null, now: number): boolean {
  return draft !== null && now - draft.at < WEEK;
}
