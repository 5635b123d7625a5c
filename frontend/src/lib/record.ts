/** What was typed into a record and is not yet known to be with the server. */
export interface Unsent {
  version: number;
  text: string;
}

export type Reply =
  | { kind: "saved"; version: number }
  | { kind: "overtaken"; version: number; text: string; reason: string }
  | { kind: "refused"; reason: string }
  | { kind: "away" };

/** Read what this browser kept; what does not look like it is nothing. */
export function readUnsent(text: string | null): Unsent | null {
  if (!text) return null;
  try {
    const kept = JSON.parse(text) as Partial<Unsent>;
    return typeof kept.version === "number" && typeof kept.text === "string"
      ? { version: kept.version, text: kept.text }
      : null;
  } catch {
    return null;
  }
}

/** What an answer means. Anything that is not our JSON (a sign-in page, a proxy) is "away". */
export function understand(status: number, body: unknown): Reply {
  if (typeof body !== "object" || body === null) return { kind: "away" };
  const told = body as Partial<Record<string, unknown>>;
  const version = typeof told["version"] === "number" ? told["version"] : null;
  if (status === 200 && version !== null) return { kind: "saved", version };
  const reason = typeof told["reason"] === "string" ? told["reason"] : "";
  if (status === 409 && version !== null && typeof told["text"] === "string") {
    return { kind: "overtaken", version, text: told["text"], reason };
  }
  return status >= 400 && status < 500 && reason ? { kind: "refused", reason } : { kind: "away" };
}
