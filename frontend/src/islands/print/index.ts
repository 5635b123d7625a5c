/** A button with data-print opens the browser's print dialog. */
export function watchPrint(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) window.print();
  });
}
