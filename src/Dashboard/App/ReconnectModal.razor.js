// Blazor tells its state by a class on the dialog; a native dialog also traps the focus and is announced.
const dialog = document.getElementById("components-reconnect-modal");
const states = { show: "trying", failed: "failed", rejected: "rejected" };

function follow() {
  const state = Object.keys(states).find((name) => dialog.classList.contains(`components-reconnect-${name}`));
  if (!state) {
    dialog.close();
    return;
  }
  dialog.dataset.state = states[state];
  if (!dialog.open) {
    dialog.showModal();
  }
}

async function retry() {
  // false means that the server no longer knows this circuit; an exception, that it cannot be reached.
  try {
    if (await window.Blazor.reconnect() === false) {
      dialog.dataset.state = "rejected";
    } else {
      dialog.close();
    }
  } catch {
    dialog.dataset.state = "failed";
  }
}

// While the connection is away there is nothing to go back to.
dialog.addEventListener("cancel", (event) => event.preventDefault());
dialog.querySelector("[data-reconnect-retry]").addEventListener("click", retry);
dialog.querySelector("[data-reconnect-reload]").addEventListener("click", () => location.reload());
dialog.querySelector("[data-reconnect-close]").addEventListener("click", () => dialog.close());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && dialog.open && dialog.dataset.state === "failed") {
    retry();
  }
});

new MutationObserver(follow).observe(dialog, { attributeFilter: ["class"] });
