const running = new WeakMap();

// Less than that is a click with an unsteady hand.
const drag = 5;

function columnAt(plot, x) {
  const box = plot.getBoundingClientRect();
  const count = plot.viewBox.baseVal.width;
  return Math.max(0, Math.min(count - 1, Math.floor(((x - box.left) / box.width) * count)));
}

function draw(plot, one, other) {
  const brush = plot.querySelector(".brush");
  brush.setAttribute("x", Math.min(one, other));
  brush.setAttribute("width", Math.abs(one - other) + 1);
  brush.toggleAttribute("data-on", true);
}

function clear(plot) {
  plot.querySelector(".brush")?.toggleAttribute("data-on", false);
}

// A page that was left, or whose connection is lost, hears nothing any more.
function tell(component, method, ...values) {
  component.invokeMethodAsync(method, ...values).catch(() => {});
}

/** Tells the component which column is pointed at, and which ones are drawn over. */
export function start(plot, component) {
  const listening = new AbortController();
  const { signal } = listening;
  let from = null;
  let isDrawing = false;
  let hovered = null;

  const hover = (index) => {
    if (index !== hovered) {
      hovered = index;
      tell(component, "Hover", index);
    }
  };

  plot.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      from = { x: event.clientX, column: columnAt(plot, event.clientX) };
    }
  }, { signal });
  plot.addEventListener("pointermove", (event) => {
    const at = columnAt(plot, event.clientX);
    // Let go of elsewhere.
    if (event.buttons === 0) {
      clear(plot);
      from = null;
    }
    if (from && (isDrawing || Math.abs(event.clientX - from.x) > drag)) {
      if (!isDrawing) {
        isDrawing = true;
        plot.setPointerCapture(event.pointerId);
      }
      draw(plot, from.column, at);
    }
    hover(at);
  }, { signal });
  plot.addEventListener("pointerup", (event) => {
    if (isDrawing) {
      tell(component, "BrushAsync", from.column, columnAt(plot, event.clientX));
    }
    clear(plot);
    from = null;
    // After the click that may follow.
    setTimeout(() => { isDrawing = false; });
  }, { signal });
  plot.addEventListener("click", (event) => {
    // What the browser makes a click of was a stroke.
    if (isDrawing) {
      event.stopPropagation();
    }
  }, { capture: true, signal });
  plot.addEventListener("pointercancel", () => {
    clear(plot);
    from = null;
    isDrawing = false;
  }, { signal });
  plot.addEventListener("pointerleave", () => hover(null), { signal });
  plot.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      clear(plot);
      from = null;
      isDrawing = false;
    } else if (["ArrowLeft", "ArrowRight", "Home", "End", " "].includes(event.key)) {
      event.preventDefault();
    }
  }, { signal });
  running.set(plot, listening);
}

export function stop(plot) {
  running.get(plot)?.abort();
}
