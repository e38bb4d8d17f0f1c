let listening = null;

const options = (dialog) => [...dialog.querySelectorAll("[role=option]")];
const isTyping = (element) => element instanceof Element && element.closest("input, textarea, select, [contenteditable]");

function activate(dialog, wanted) {
  const input = dialog.querySelector("input");
  for (const option of options(dialog)) {
    option.setAttribute("aria-selected", String(option === wanted));
  }
  if (wanted) {
    input.setAttribute("aria-activedescendant", wanted.id);
    wanted.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function move(dialog, key) {
  const all = options(dialog);
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const to = key === "ArrowDown" ? (at + 1) % all.length : (at - 1 + all.length) % all.length;
  activate(dialog, all[to]);
}

function onDialogKey(dialog, event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(dialog, event.key);
  } else if (event.key === "Enter") {
    event.preventDefault();
    dialog.querySelector("[role=option][aria-selected=true]")?.click();
  }
}

function onPageKey(dialog, toggle, event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    toggle();
  } else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !dialog.open && !isTyping(event.target)) {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
}

/** Opens on Ctrl-K, Cmd-K and on anything marked data-palette-open. The native dialog gives the focus back. */
export function start(dialog, component) {
  listening = new AbortController();
  const { signal } = listening;
  const toggle = () => {
    if (dialog.open) {
      dialog.close();
    } else if (!document.querySelector("dialog[open]")) {
      dialog.showModal();
      dialog.querySelector("input").focus();
      component.invokeMethodAsync("OpenedAsync");
    }
  };

  document.addEventListener("keydown", (event) => onPageKey(dialog, toggle, event), { signal });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-palette-open]")) {
      toggle();
    }
  }, { signal });
  dialog.addEventListener("keydown", (event) => onDialogKey(dialog, event), { signal });
  // A click on an option or on the backdrop ends it; the link itself is followed by the router.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[role=option]")) {
      dialog.close();
    }
  }, { signal });

  const list = new MutationObserver(() => activate(dialog, options(dialog)[0]));
  list.observe(dialog.querySelector("[role=listbox]"), { childList: true, subtree: true });
  signal.addEventListener("abort", () => list.disconnect());
}

export function stop() {
  listening?.abort();
}
