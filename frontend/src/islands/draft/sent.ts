import { forget, recall } from "../../lib/storage.ts";

/** Names the draft of the form that was sent last and whose fate is not known yet. */
export const SENT = "linli:sent";

export function person(): string {
  return document.body.dataset["person"] ?? "";
}

export function hasErrors(root: ParentNode): boolean {
  return root.querySelector("[aria-invalid=true], .errorlist") !== null;
}

/**
 * Forget the draft of a form that was taken. It is kept when the answer is the sign-in page, an
 * error page, or the form again with its errors.
 */
export function settleSent(): void {
  const key = recall(SENT);
  if (!key || document.querySelector(".entrance, .error-page") || hasErrors(document)) return;
  forget(key);
  forget(SENT);
}
