// Passkeys: what the library asks of the device is said in our words when it fails.
(function () {
  "use strict";
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-problem]").forEach(function (said) { said.remove(); });
    const words = document.importNode(document.getElementById("passkey-problem").content, true);
    document.querySelector("main .sp-door").append(words);
  });
})();
