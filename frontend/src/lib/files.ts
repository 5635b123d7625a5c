export interface Rules {
  maxBytes: number;
  types: readonly string[];
}

export interface Chosen {
  name: string;
  size: number;
  type: string;
}

export type Fault = "tooBig" | "wrongType" | "empty";

/** Say whether a rule such as "image/*", "application/pdf" or ".xlsx" allows the file. */
function allows(rule: string, file: Chosen): boolean {
  if (rule.startsWith(".")) return file.name.toLowerCase().endsWith(rule.toLowerCase());
  if (rule.endsWith("/*")) return file.type.startsWith(rule.slice(0, -1));
  return file.type === rule;
}

/** What is wrong with a file before it is sent, if anything. The server judges again, by content. */
export function faultOf(file: Chosen, { maxBytes, types }: Rules): Fault | null {
  if (file.size === 0) return "empty";
  if (maxBytes > 0 && file.size > maxBytes) return "tooBig";
  if (types.length > 0 && !types.some((rule) => allows(rule, file))) return "wrongType";
  return null;
}

function kindText(rule: string, pictures: string): string {
  if (rule === "image/*") return pictures;
  if (/wordprocessingml|msword/.test(rule)) return "Word";
  if (/spreadsheetml|ms-excel/.test(rule)) return "Excel";
  return rule.replace(/^.*[./]/, "").toUpperCase();
}

/** What people call the kinds: ["image/jpeg", ".pdf"] → "JPEG, PDF"; `pictures` names image/\*. */
export function kindsText(types: readonly string[], pictures: string): string {
  return [...new Set(types.map((rule) => kindText(rule, pictures)))].join(", ");
}

/** 10485760 → "10 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}
