import { type Fault, faultOf, kindsText, type Rules, sizeText } from "../../lib/files.ts";
import { fill, labels } from "../../lib/labels.ts";
import { sendWithProgress } from "./send.ts";

const WORDS = ["tooBig", "wrongType", "empty", "sending", "pictures"] as const;

/** The words stand once on the page, because Django draws the input itself. */
function words(): Record<(typeof WORDS)[number], string> {
  const holder = document.getElementById("upload-words");
  return labels(holder ?? document.body, WORDS);
}

function explain(fault: Fault, name: string, { maxBytes, types }: Rules): string {
  const known = words();
  const kinds = kindsText(types, known.pictures);
  return fill(known[fault], { name, size: sizeText(maxBytes), types: kinds });
}

/** Check files when they are chosen, not after a minute of sending; show how far sending has come. */
export function mount(element: HTMLElement): void {
  const input = element as HTMLInputElement;
  const maxBytes = Number(input.dataset["maxBytes"] ?? 0);
  const types = input.dataset["types"] ?? input.accept;
  const rules = { maxBytes, types: types.split(",").map((type) => type.trim()).filter(Boolean) };
  const note = document.createElement("div");
  note.className = "upload-note";
  note.setAttribute("role", "alert");
  input.after(note);

  input.addEventListener("change", () => {
    const faults = [...(input.files ?? [])].flatMap((file) => {
      const fault = faultOf(file, rules);
      return fault ? [explain(fault, file.name, rules)] : [];
    });
    note.replaceChildren(
      ...faults.map((text) => {
        const line = document.createElement("p");
        line.className = "errorlist";
        line.textContent = text;
        return line;
      }),
    );
    input.setAttribute("aria-invalid", String(faults.length > 0));
    // A file that would be refused is put back, so that the rest of the form can still be sent.
    if (faults.length > 0) input.value = "";
  });

  const form = input.form;
  form?.addEventListener("htmx:config:request", (event) => {
    if (!input.files?.length) return;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", words().sending);
    note.replaceChildren(bar);
    const detail = (event as CustomEvent<{ ctx: { fetch?: unknown } }>).detail;
    detail.ctx.fetch = sendWithProgress((share) => (bar.value = share));
  });
  form?.addEventListener("htmx:finally:request", () => note.querySelector("progress")?.remove());
}
