const prepared = new WeakSet();

// What had the focus last outside of dialogs: a button that is disabled while its question is open loses it before.
let opener = null;
document.addEventListener("focusin", (event) => {
  if (!event.target.closest("dialog")) {
    opener = event.target;
  }
});

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
  giveBack(opener);
}

// The browser gave the focus back unless it could not: then as soon as it can be, if nothing else has it.
function giveBack(element) {
  if (!element?.isConnected || document.activeElement !== document.body) {
    return;
  }
  if (!element.disabled) {
    element.focus();
    return;
  }
  const observer = new MutationObserver(() => {
    observer.disconnect();
    giveBack(element);
  });
  observer.observe(element, { attributes: true, attributeFilter: ["disabled"] });
}
