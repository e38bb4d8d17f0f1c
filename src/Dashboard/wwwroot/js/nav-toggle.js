// <nav-toggle>: the button that opens the drawer on a phone, and switches full and icons on anything wider.
const phone = matchMedia("(max-width: 639px)");
const wide = matchMedia("(min-width: 1200px)");
const root = document.documentElement;

const drawerIsOpen = () => root.dataset.drawer === "open";
const isExpanded = () => phone.matches
  ? drawerIsOpen()
  : (root.dataset.nav ?? (wide.matches ? "full" : "rail")) === "full";

const button = () => document.querySelector("nav-toggle button");

function show() {
  const expanded = isExpanded();
  button()?.setAttribute("aria-expanded", String(expanded));
  // Behind an open drawer nothing may be reached.
  document.querySelectorAll("[data-behind-drawer]").forEach((part) => { part.inert = phone.matches && expanded; });
}

function setDrawer(open) {
  if (open) {
    root.dataset.drawer = "open";
  } else {
    delete root.dataset.drawer;
  }
  show();
}

function closeDrawer(restoreFocus) {
  if (drawerIsOpen()) {
    setDrawer(false);
    if (restoreFocus) {
      button()?.focus();
    }
  }
}

function toggle() {
  if (phone.matches) {
    setDrawer(!drawerIsOpen());
    if (drawerIsOpen()) {
      document.querySelector("#navigation a")?.focus();
    }
    return;
  }
  root.dataset.nav = isExpanded() ? "rail" : "full";
  try { localStorage.setItem("signet.nav", root.dataset.nav); } catch { /* lasts for this page only */ }
  show();
}

class NavToggle extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", toggle);
    show();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closeDrawer(true);
  }
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#navigation a")) {
    closeDrawer(false);
  } else if (event.target.closest?.("[data-scrim]")) {
    closeDrawer(true);
  }
});
phone.addEventListener("change", () => setDrawer(false));
wide.addEventListener("change", show);

customElements.define("nav-toggle", NavToggle);
