// The palette: Ctrl-K, Cmd-K or / opens it. Its list comes from the search.
(function () {
  "use strict";

  const dialog = document.getElementById("palette");
  const input = document.getElementById("palette-q");
  const found = document.getElementById("palette-found");
  const PLACE = /^\/brands\/[^/]+\/(strategies|calendar\/posts)\/\d+\/$/;
  const KEPT = "palette " + dialog.dataset.recent;
  const here = window.location.pathname;
  let at = -1;

  function options() {
    return Array.from(found.querySelectorAll("[role=option]"));
  }

  // Around the ends; without a place, at none.
  function point(place) {
    const all = options();
    at = all.length && place !== undefined ? (place + all.length) % all.length : -1;
    all.forEach(function (option, index) { option.setAttribute("aria-selected", String(index === at)); });
    if (at < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    }
  }

  // Where one was last: kept in the browser, by person and brand.

  function others() {
    let list = [];
    try { list = JSON.parse(localStorage.getItem(KEPT)) || []; } catch (refused) { /* forbidden */ }
    return list.filter(function (one) { return one.url !== here; });
  }

  function keep() {
    const list = [{ url: here, title: document.title.split(" · ")[0] }].concat(others()).slice(0, 6);
    try { localStorage.setItem(KEPT, JSON.stringify(list)); } catch (refused) { /* forbidden */ }
  }

  function showRecent() {
    const group = document.getElementById("palette-recent").content.firstElementChild.cloneNode(true);
    const pattern = group.querySelector("a");
    others().forEach(function (one, index) {
      const link = pattern.cloneNode(true);
      link.id = "palette-recent-" + index;
      link.href = one.url;
      link.querySelector("span").textContent = one.title;
      group.append(link);
    });
    pattern.remove();
    if (group.querySelector("a")) { found.prepend(group); }
  }

  function open() {
    if (dialog.open) { return; }
    dialog.showModal();
    input.select();
    htmx.trigger(input, "palette");
  }

  document.addEventListener("keydown", function (event) {
    const isK = event.key.toLowerCase() === "k" || (event.code === "KeyK" && event.key > "~");
    const held = event.ctrlKey || event.metaKey;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!event.altKey && (held ? isK && !event.shiftKey : event.key === "/" && !typing)) {
      event.preventDefault();
      open();
    }
  });

  document.addEventListener("click", function (event) {
    const link = event.target.closest("[data-palette]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open();
    } else if (event.target === dialog || event.target.closest("[data-palette-close], #palette [role=option]")) {
      dialog.close();
    }
  });

  dialog.addEventListener("keydown", function (event) {
    // What lies beneath has keys of its own.
    event.stopPropagation();
    const chosen = options()[at];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(event.key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1);
    } else if (event.key === "Enter" && event.target === input && chosen) {
      event.preventDefault();
      chosen.click();
    }
  });

  // Until the answer is there, nothing of the last one is chosen.
  input.addEventListener("input", function () { point(); });

  found.addEventListener("htmx:afterSwap", function () {
    found.parentElement.scrollTop = 0;
    if (input.value.trim()) { point(0); } else { showRecent(); point(); }
  });

  document.querySelectorAll("[data-palette] kbd").forEach(function (key) {
    if (/Mac|iP/.test(navigator.platform)) { key.textContent = key.dataset.mac; }
    key.hidden = false;
  });
  if (PLACE.test(here)) { keep(); }
})();
