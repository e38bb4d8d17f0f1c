// Shows what was cut while the pointer or the focus is on it: data-whole names the popover that holds the whole.
const gap = 4;
let shown = null;

function hide() {
  if (shown?.isConnected && shown.matches(":popover-open")) {
    shown.hidePopover();
  }
  shown = null;
}

function show(event) {
  const cut = event.target instanceof Element ? event.target.closest("[data-whole]") : null;
  const whole = cut && document.getElementById(cut.dataset.whole);
  if (!whole || whole === shown) {
    return;
  }
  hide();
  whole.showPopover();
  shown = whole;

  const at = cut.getBoundingClientRect();
  const size = whole.getBoundingClientRect();
  const above = at.top - size.height - gap;
  whole.style.top = `${above > 0 ? above : at.bottom + gap}px`;
  whole.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - size.width - gap))}px`;
}

function leave(event) {
  if (shown && event.target instanceof Element && event.target.closest("[data-whole]")?.dataset.whole === shown.id) {
    hide();
  }
}

document.addEventListener("pointerover", show);
document.addEventListener("focusin", show);
document.addEventListener("pointerout", leave);
document.addEventListener("focusout", leave);
document.addEventListener("scroll", hide, { capture: true, passive: true });
// WCAG 1.4.13: what appears on hover can be sent away without moving.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    hide();
  }
});
