// Blazor tells its state by a class on the dialog; a native dialog also traps the focus and is announced.
const dialog = document.getElementById("components-reconnect-modal");
const states = { show: "trying", failed: "failed", rejected: "rejected" };

// What a reload would lose. What somebody searches for stands in the address and comes back by itself.
const typed = new Set();
const isText = (field) => field.matches("textarea, select, input:not([type=checkbox], [type=radio])") && !field.closest("[role=search]");
const isTextTyped = () => [...typed].some((field) => field.isConnected && field.value !== "");

function follow() {
  const state = Object.keys(states).find((name) => dialog.classList.contains(`components-reconnect-${name}`));
  if (!state) {
    dialog.close();
  } else if (states[state] === "rejected") {
    reload();
  } else {
    show(states[state]);
  }
}

// The server answers again, but no longer knows this page: it was restarted, or another node took its place. Nobody needs to
// be asked unless they would lose something.
function reload() {
  if (isTextTyped()) {
    show("rejected");
  } else {
    location.reload();
  }
}

function show(state) {
  if (dialog.dataset.state === state && dialog.open) {
    return;
  }
  dialog.dataset.state = state;
  if (!dialog.open) {
    dialog.showModal();
  }
  // The button that had the focus may just have been hidden.
  dialog.querySelector(`.primary.${state}`).focus();
}

async function retry() {
  // false means that the server no longer knows this circuit; an exception, that it cannot be reached.
  try {
    if (await window.Blazor.reconnect() === false) {
      reload();
    } else {
      dialog.close();
    }
  } catch {
    show("failed");
  }
}

// While the connection is away there is nothing to go back to.
dialog.addEventListener("cancel", (event) => event.preventDefault());
dialog.querySelector("[data-reconnect-retry]").addEventListener("click", retry);
dialog.querySelector("[data-reconnect-reload]").addEventListener("click", () => location.reload());
dialog.querySelector("[data-reconnect-close]").addEventListener("click", () => dialog.close());
document.addEventListener("input", ({ target }) => isText(target) && typed.add(target));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && dialog.open && dialog.dataset.state === "failed") {
    retry();
  }
});

// The first attempts follow each other without a pause.
const seconds = document.getElementById("components-seconds-to-next-attempt");
const tellPause = () => dialog.toggleAttribute("data-at-once", seconds.textContent === "0");
new MutationObserver(tellPause).observe(seconds, { childList: true, characterData: true, subtree: true });
tellPause();

new MutationObserver(follow).observe(dialog, { attributeFilter: ["class"] });
