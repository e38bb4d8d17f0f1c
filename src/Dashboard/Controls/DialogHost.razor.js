const prepared = new WeakSet();

/** @param {HTMLDialogElement} dialog */
export function open(dialog) {
  if (!prepared.has(dialog)) {
    prepared.add(dialog);
    // Escape is an answer like any other: the server decides, then closes.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      dialog.querySelector("[data-dialog-cancel]")?.click();
    });
  }
  dialog.showModal();
  (dialog.querySelector("[autofocus]") ?? dialog.querySelector("input, textarea, select, .button"))?.focus();
}

export function close(dialog) {
  dialog.close();
}
