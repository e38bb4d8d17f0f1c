// Says why a page stays empty where the server has no room for its circuit: Blazor writes that to the console alone.
const isRefused = (entry) => entry.responseStatus === 429 && new URL(entry.name).pathname === "/_blazor/negotiate";

new PerformanceObserver((list) => {
  const notice = document.querySelector("[data-circuit-refused]");
  if (notice && list.getEntries().some(isRefused)) {
    notice.hidden = false;
  }
}).observe({ type: "resource", buffered: true });
