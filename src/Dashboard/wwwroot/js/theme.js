// Runs before the first paint, so that neither the colours nor the width of the navigation jump.
(() => {
  const read = (key) => {
    try { return localStorage.getItem(key); } catch { return null; } // storage may be switched off
  };
  const root = document.documentElement;
  const theme = read("signet.theme");
  const nav = read("signet.nav");
  root.dataset.theme = theme === "light" || theme === "dark" ? theme : "system";
  if (nav === "full" || nav === "rail") {
    root.dataset.nav = nav;
  }
})();
