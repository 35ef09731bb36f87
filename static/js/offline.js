// The page without a connection: “Try again” leads back to the form, if one was being sent, and that by itself once there is
// a connection.
(function () {
  "use strict";
  const again = document.querySelector("[data-again]");
  let sent = null;
  try { sent = JSON.parse(sessionStorage.getItem("kept-sent")); } catch (refused) { /* nothing was being sent */ }
  again.href = location.pathname + location.search;
  if (sent && sent.path === location.pathname) {
    again.href = sent.page;
    document.querySelector("[data-typed]").hidden = false;
  }
  window.addEventListener("online", function () { again.click(); });
})();
