// Runs before the first paint, so that a chosen dark theme never flashes light.
(() => {
  var chosen = null;
  try {
    chosen = localStorage.getItem("farebox-theme");
  } catch {
    chosen = null;
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
