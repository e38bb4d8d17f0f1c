// <theme-switch>: one button that goes System, Light, Dark. The choice is the browser's, not the server's.
const order = ["system", "light", "dark"];

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    this.show();
  }

  handleEvent() {
    const root = document.documentElement;
    const next = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
    root.dataset.theme = next;
    try { localStorage.setItem("signet.theme", next); } catch { /* lasts for this page only */ }
    this.show();
    window.signet?.announce(`Theme: ${next}`);
  }

  show() {
    const label = `Theme: ${document.documentElement.dataset.theme}`;
    const button = this.querySelector("button");
    button?.setAttribute("aria-label", label);
    button?.setAttribute("title", label);
  }
}

customElements.define("theme-switch", ThemeSwitch);
