// Copying an address with one press; a press into its field selects all of it.
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    if (event.target.matches("[data-select-all]")) {
      event.target.select();
      return;
    }
    const button = event.target.closest("[data-copy]");
    if (!button) {
      return;
    }
    const field = document.getElementById(button.dataset.copy);
    field.select();
    navigator.clipboard.writeText(field.value).then(function () {
      button.querySelector("span").textContent = button.dataset.copied;
    }, function () {});
  });
})();
