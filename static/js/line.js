// The line to the server: what a page says when something did not reach it, or when the session is over. And the service
// worker, which answers when there is no line (worker.js).
(function () {
  "use strict";
  const words = document.getElementById("line");
  const toasts = document.getElementById("toasts");
  if (!words || !toasts) { return; }

  function say(name) {
    if (!toasts.querySelector('[data-line="' + name + '"]')) {
      const toast = document.importNode(words.content.querySelector('[data-line="' + name + '"]'), true);
      const link = toast.querySelector("a");
      if (link) { link.search = "?next=" + encodeURIComponent(location.pathname + location.search); }
      toasts.append(toast);
    }
  }

  function isAnsweredInPlace(event) {
    return event.detail.elt && event.detail.elt.closest && event.detail.elt.closest("#post-media");
  }

  document.addEventListener("htmx:sendError", function (event) {
    if (!isAnsweredInPlace(event)) { say("unreached"); }
  });
  document.addEventListener("htmx:responseError", function (event) {
    const status = event.detail.xhr.status;
    if (event.detail.xhr.getResponseHeader("X-Needs") === "second-factor") { say("second-factor"); return; }
    if (status === 401 || !isAnsweredInPlace(event)) { say(status === 401 ? "signed-out" : "failed"); }
  });
  document.addEventListener("line:signed-out", function () { say("signed-out"); });
  document.addEventListener("line:second-factor", function () { say("second-factor"); });

  function settle() { toasts.querySelectorAll("[data-line]").forEach(function (toast) { toast.remove(); }); }
  document.addEventListener("line:well", settle);
  document.addEventListener("htmx:afterRequest", function (event) { if (event.detail.successful) { settle(); } });

  if (words.dataset.worker && navigator.serviceWorker) {
    window.addEventListener("load", function () {
      navigator.serviceWorker.register(words.dataset.worker).catch(function () { /* the product works without it */ });
    });
  }
})();
