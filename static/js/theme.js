// Runs before the first paint, so that a dark device never flashes white. Light without scripts.
(function () {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    if (root.dataset.theme === "system") {
      root.dataset.bsTheme = dark.matches ? "dark" : "light";
      document.dispatchEvent(new CustomEvent("themechange"));
    }
  }
  apply();
  dark.addEventListener("change", apply);
})();
