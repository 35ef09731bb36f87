// "Show the working" opens one panel under its row and closes it again; without scripts the link leads to a page.
(function () {
  "use strict";

  function panelOf(link) {
    return document.querySelector(link.getAttribute("hx-target"));
  }

  function mark(link, open) {
    link.setAttribute("aria-expanded", String(open));
    link.closest(".sp-kpi").classList.toggle("is-open", open);
    link.querySelector("[data-label]").textContent = open ? link.dataset.hide : link.dataset.show;
    link.querySelector("use").setAttribute("href", link.querySelector("use").getAttribute("href").replace(/#.*/, open ? "#i-chevron-up" : "#i-chevron-down"));
  }

  function openLinks() {
    return document.querySelectorAll("[data-working][aria-expanded=true]");
  }

  document.querySelectorAll("[data-working]").forEach(function (link) {
    link.setAttribute("role", "button");
    mark(link, false);
  });

  // Before htmx hears of it: an open panel is closed without asking the server.
  document.addEventListener("click", function (event) {
    const link = event.target.closest("[data-working][aria-expanded=true]");
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      panelOf(link).replaceChildren();
      mark(link, false);
    }
  }, true);

  document.addEventListener("keydown", function (event) {
    if (event.key === " " && event.target.matches("[data-working]")) {
      event.preventDefault();
      event.target.click();
    }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    const opened = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!opened || !opened.matches("[data-working]")) {
      return;
    }
    openLinks().forEach(function (link) {
      if (link !== opened) {
        if (panelOf(link) !== event.target) {
          panelOf(link).replaceChildren();
        }
        mark(link, false);
      }
    });
    mark(opened, true);
    point(opened, event.target);
  });

  // The little pointer on the panel's upper edge stands under its card; its place is one of eight classes.
  function point(link, panel) {
    const work = panel.querySelector(".sp-work");
    const card = link.closest(".sp-kpi").getBoundingClientRect();
    const edge = work.getBoundingClientRect();
    const share = (card.left + Math.min(card.width / 2, 120) - edge.left) / edge.width;
    work.classList.add("at-" + Math.max(0, Math.min(7, Math.floor(share * 8))));
  }
})();
