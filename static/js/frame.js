// What every page shares: menus that close, toasts that leave, forms that confirm a leave.
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) {
      dismiss.closest("[data-toast]").remove();
    }
    document.querySelectorAll("details.sp-menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") {
      return;
    }
    document.querySelectorAll("details.sp-menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // An address that is there to be copied is selected as a whole.
  document.addEventListener("focusin", function (event) {
    if (event.target.matches("[data-select]")) {
      event.target.select();
    }
  });

  // A GET form marked so is sent as soon as something in it is chosen; without scripts its button does it.
  document.addEventListener("change", function (event) {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) {
      form.requestSubmit();
    }
  });

  // A part that is replaced takes the focus with it, unless what had it comes back under its id. Then the field of the
  // same name has it, or the new part itself: nobody is thrown back to the top of the page.
  let lost = null;
  document.addEventListener("htmx:beforeSwap", function (event) {
    const active = document.activeElement;
    lost = active !== document.body && event.detail.target.contains(active) ? { name: active.getAttribute("name") } : null;
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    // What stands for it (a heading, a list) says so; otherwise the part does.
    const part = event.detail.elt;
    if (!lost || document.activeElement !== document.body || part === document.body || !part.isConnected) {
      return;
    }
    const same = lost.name ? part.querySelector(`[name="${CSS.escape(lost.name)}"]:not([type=hidden])`) : null;
    if (!same && !part.hasAttribute("tabindex")) {
      part.setAttribute("tabindex", "-1");
    }
    (same || part.querySelector("[data-keeps-focus]") || part).focus({ preventScroll: true });
    lost = null;
  });

  // Good news leaves by itself; what asks for attention, or offers an undo, stays until it is closed.
  function retire(toast) {
    if (toast.matches(".is-success, .is-info") && !toast.querySelector("a, form")) {
      window.setTimeout(function () { toast.remove(); }, 6000);
    }
  }
  document.querySelectorAll("[data-toast]").forEach(retire);
  document.addEventListener("htmx:oobAfterSwap", function () {
    document.querySelectorAll("[data-toast]").forEach(retire);
  });
})();
