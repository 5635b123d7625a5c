import { labels } from "../../lib/labels.ts";

const WORDS = ["done"] as const;
const SHOWN_FOR = 1600;

/** A button that copies what stands in its data-copy, and says so for a moment. */
export function mount(element: HTMLElement): void {
  const words = labels(element, WORDS);
  const label = element.querySelector("span");
  const before = label?.textContent ?? "";
  element.addEventListener("click", () => {
    void copy(element.dataset["copy"] ?? "").then(() => {
      if (!label) return;
      label.textContent = words.done;
      window.setTimeout(() => (label.textContent = before), SHOWN_FOR);
    });
  });
}

/** Copy by the browser's own clipboard; on plain http only the old way is allowed. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
