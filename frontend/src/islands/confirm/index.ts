interface Question {
  text: string;
  yes: string | undefined;
  opener: Element | null;
}

/** Ask in the page's own dialog; true when the person said yes. Escape and "go back" say no. */
export function ask({ text, yes, opener }: Question): Promise<boolean> {
  const dialog = document.getElementById("confirm-dialog") as HTMLDialogElement | null;
  if (!dialog) return Promise.resolve(window.confirm(text));
  (document.getElementById("confirm-text") as HTMLElement).textContent = text;
  const button = dialog.querySelector<HTMLButtonElement>("[data-confirm-yes]");
  if (button) {
    button.dataset["usual"] ??= button.textContent ?? "";
    button.textContent = yes ?? button.dataset["usual"];
  }
  dialog.returnValue = "";
  dialog.showModal();
  // The safe answer has the focus: Enter pressed by habit destroys nothing.
  dialog.querySelector<HTMLElement>("[data-confirm-cancel]")?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        if (opener instanceof HTMLElement) opener.focus();
        resolve(dialog.returnValue === "yes");
      },
      { once: true },
    );
  });
}

interface ConfirmDetail {
  ctx: { confirm: string; sourceElement: HTMLElement };
  issueRequest(): void;
  dropRequest(): void;
}

/** Use the dialog for hx-confirm, and for plain forms and buttons that carry data-confirm. */
export function watchConfirm(): void {
  document.addEventListener("htmx:confirm", (event) => {
    const detail: unknown = (event as CustomEvent).detail;
    const { ctx, issueRequest, dropRequest } = detail as ConfirmDetail;
    event.preventDefault();
    const yes = ctx.sourceElement.dataset["confirmYes"];
    void ask({ text: ctx.confirm, yes, opener: document.activeElement }).then((sure) =>
      sure ? issueRequest() : dropRequest(),
    );
  });

  // Without scripts such a form asks for a tick and the browser checks it. Where the dialog asks, the
  // server checks the fields, as in every other form.
  document.addEventListener("click", (event) => {
    const form = event.target instanceof Element && event.target.closest("button")?.form;
    if (form && form.dataset["confirm"]) form.noValidate = true;
  }, true);

  const sure = new WeakSet<HTMLFormElement>();
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const submitter = event.submitter;
    const source = submitter?.dataset["confirm"] ? submitter : form;
    const text = source.dataset["confirm"];
    if (!text || sure.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void ask({ text, yes: source.dataset["confirmYes"], opener: submitter }).then((yes) => {
      if (!yes) return;
      sure.add(form);
      form.requestSubmit(submitter);
    });
  }, true);
}
