// The desk from the keyboard: j and k go from mention to mention, other keys press its buttons. Also ticking many.
(function () {
  "use strict";

  const WRITING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  let last = null;

  function cards() {
    return Array.from(document.querySelectorAll("[data-mention]"));
  }

  function current() {
    const at = document.activeElement.closest("[data-mention]");
    return at || (last && document.getElementById(last));
  }

  function go(step) {
    const all = cards();
    const here = current();
    const next = here ? all[all.indexOf(here) + step] : all[step > 0 ? 0 : all.length - 1];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  function press(key) {
    const card = current();
    const button = card && Array.from(card.querySelectorAll("[data-key]")).find(function (each) { return each.dataset.key === key; });
    if (button) {
      // htmx looks at a card that came a moment ago only after a moment: until then its buttons would leave the page.
      if (window.htmx) { window.htmx.process(card); }
      button.click();
    }
    return Boolean(button);
  }

  function undo() {
    const card = current();
    const button = (card && card.querySelector("[data-undo]")) || document.querySelector("[data-undo]");
    if (button) { button.click(); }
    return Boolean(button);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest(WRITING)) { return; }
    const key = event.key.toLowerCase();
    let done = true;
    if (key === "j" || key === "k") { go(key === "j" ? 1 : -1); }
    else if (key === "z") { done = undo(); }
    else { done = press(key === "=" ? "+" : key); }
    if (done) { event.preventDefault(); }
  });

  document.addEventListener("focusin", function (event) {
    const card = event.target.closest("[data-mention]");
    if (card) { last = card.id; }
  });

  // The answer takes the card's place: the focus goes with it.
  document.addEventListener("htmx:afterSwap", function (event) {
    const card = last && document.getElementById(last);
    if (card && event.detail.target.id === last) { card.focus({ preventScroll: true }); }
    tell();
  });

  function ticks() {
    return Array.from(document.querySelectorAll("[data-tick]"));
  }

  function tell() {
    const all = ticks();
    const count = all.filter(function (tick) { return tick.checked; }).length;
    const place = document.querySelector("[data-ticked]");
    const every = document.querySelector("[data-tick-all]");
    const bar = document.querySelector("[data-many]");
    if (place) { place.textContent = count ? count + " " + place.dataset.some : place.dataset.none; }
    if (bar) { bar.classList.toggle("has-some", count > 0); }
    if (every) {
      every.checked = count > 0 && count === all.length;
      every.indeterminate = count > 0 && count < all.length;
    }
  }

  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-tick-all]")) {
      ticks().forEach(function (tick) { tick.checked = event.target.checked; });
    }
    if (event.target.matches("[data-tick], [data-tick-all]")) { tell(); }
  });
  tell();
})();
