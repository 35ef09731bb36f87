// The calendar: posts open over it, chips are dragged to another day, dialogs keep the keyboard inside.
(function () {
  "use strict";

  const over = document.getElementById("over");
  let opener = null;
  let calendarAddress = window.location.href;
  let back = null;

  // --- drawer and dialog

  function open(link) {
    opener = link;
    window.htmx.ajax("GET", link.href, { target: "#over", swap: "innerHTML" });
  }

  function unsaved() {
    return over.querySelector('[data-post-form][data-dirty="1"]');
  }

  function close() {
    if (unsaved() && !window.confirm(over.querySelector("[data-saved]").dataset.unsaved + "?")) { return; }
    over.replaceChildren();
    document.querySelector(".sp-app").inert = false;
    window.history.replaceState(window.history.state, "", calendarAddress);
    if (opener) {
      // The calendar may have been drawn again since.
      const again = opener.isConnected ? opener : document.querySelector('a[href="' + opener.getAttribute("href") + '"]');
      if (again) { again.focus(); }
    }
  }

  function opened() {
    const dialog = over.querySelector("[data-drawer]");
    document.querySelector(".sp-app").inert = Boolean(dialog);
    if (!dialog) { return; }
    if (dialog.dataset.address) { window.history.replaceState(window.history.state, "", dialog.dataset.address); }
    const wrong = dialog.querySelector("[role=alert]");
    const first = dialog.querySelector("[autofocus], input[type=date]");
    const title = dialog.querySelector("h1");
    const target = dialog.matches(".sp-dialog") || dialog.querySelector("[autofocus]") ? first : title;
    if (wrong) { wrong.scrollIntoView({ block: "nearest" }); }
    if (target) { target.focus({ preventScroll: true }); }
  }

  document.addEventListener("click", function (event) {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = event.target.closest("[data-drawer-link], [data-dialog-link]");
    if (link && over && plain && window.htmx) {
      event.preventDefault();
      if (!over.contains(link)) {
        open(link);
      } else if (!unsaved() || window.confirm(over.querySelector("[data-saved]").dataset.unsaved + "?")) {
        window.htmx.ajax("GET", link.href, { target: "#over", swap: "innerHTML" });
      }
    } else if (over && over.contains(event.target) && event.target.closest("[data-close]")) {
      event.preventDefault();
      close();
    }
  });

  document.addEventListener("keydown", function (event) {
    const dialog = over && over.querySelector("[data-drawer]");
    if (!dialog) { return; }
    if (event.key === "Escape" && !dialog.querySelector("details.sp-menu[open]")) {
      close();
    } else if (event.key === "Tab") {
      const stops = Array.from(dialog.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']"))
        .filter(function (stop) { return !stop.disabled && stop.tabIndex >= 0 && stop.getClientRects().length; });
      const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (document.activeElement === edge) {
        event.preventDefault();
        (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
      }
    }
  }, true);

  document.addEventListener("submit", function (event) {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // A refusal (422) and a conflict (409) are answers to show, not failures.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status === 422 || event.detail.xhr.status === 409) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target === over) { opened(); }
  });

  // After a move the dialog has done its work.
  document.addEventListener("htmx:afterRequest", function (event) {
    const form = event.detail.elt;
    if (event.detail.successful && form.matches && form.matches("[data-move-form]") && form.closest("#over")) {
      over.replaceChildren();
      document.querySelector(".sp-app").inert = false;
    }
  });

  // --- dragging

  function drop(event) {
    const chip = event.item;
    const day = event.to.closest("[data-day]");
    if (!day || event.from === event.to) { return; }
    const values = { day: day.dataset.day, version: chip.dataset.version, dragged: "1" };
    const time = chip.querySelector("time");
    // An hour of the week: the minutes stay what they were.
    if (day.dataset.hour) { values.clock = day.dataset.hour + ":" + (time ? time.textContent.trim().slice(-2) : "00"); }
    // Where it came from, should the move not reach the server.
    back = { chip: chip, list: event.from, next: event.from.children[event.oldIndex] || null };
    send(chip.dataset.move, values);
  }

  document.addEventListener("htmx:afterRequest", function (event) {
    const status = event.detail.xhr.status;
    if (back && event.detail.requestConfig.verb === "post") {
      if (!event.detail.successful && status !== 409 && status !== 422) { back.list.insertBefore(back.chip, back.next); }
      back = null;
    }
  });

  function send(address, values) {
    window.htmx.ajax("POST", address, { target: "#cal", swap: "none", values: values });
  }

  function makeSortable(root) {
    if (!window.Sortable) { return; }
    root.querySelectorAll("#cal [data-chips]:not([data-sortable])").forEach(function (list) {
      list.dataset.sortable = "1";
      new window.Sortable(list, {
        group: "days", sort: false, draggable: "[data-chip]", filter: "[data-fixed]", preventOnFilter: false,
        delay: 250, delayOnTouchOnly: true, animation: 120, ghostClass: "sortable-ghost", chosenClass: "sortable-chosen", onEnd: drop,
      });
    });
  }

  // Undo from a message: over the calendar without leaving it.
  document.addEventListener("submit", function (event) {
    if (event.target.matches("[data-undo]") && document.getElementById("cal") && window.htmx) {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      send(event.target.action, Object.assign(values, { dragged: "1" }));
      event.target.closest("[data-toast]").remove();
    }
  });

  makeSortable(document);
  document.addEventListener("htmx:load", function () { makeSortable(document); });
})();
