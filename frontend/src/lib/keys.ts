export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
}

/** Single-letter shortcuts must stay silent while someone types, also through an input method. */
export function isShortcut(press: Press, isTyping: boolean): boolean {
  if (isTyping || press.isComposing || press.key === "Process") return false;
  return !press.ctrlKey && !press.metaKey && !press.altKey && press.key.length === 1;
}
