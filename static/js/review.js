// The review queue from the keyboard: j and k move, a approves, r goes to the comment to return it. Also copying a link.
(function () {
  "use strict";

  const review = document.querySelector("[data-review]");

  function isTyping(target) {
    return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
  }

  function press(key) {
    const comment = review.querySelector("[data-why]");
    if (key === "j" || key === "k") {
      const link = review.querySelector(key === "j" ? 'a[rel="next"]' : 'a[rel="prev"]');
      if (link) { window.location.assign(link.href); }
    } else if (key === "a") {
      const approve = review.querySelector("[data-approve]");
      if (approve) { approve.click(); }
    } else if (comment && review.querySelector("[data-return]")) {
      comment.focus();
    }
  }

  if (review) {
    document.addEventListener("keydown", function (event) {
      const key = event.key.toLowerCase();
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.repeat;
      const over = document.getElementById("over");
      if (isPlain && "jkar".includes(key) && key.length === 1 && !isTyping(event.target) && !(over && over.firstElementChild)) {
        event.preventDefault();
        press(key);
      }
    });
  }

  // Ticking many.
  const ticks = Array.from(document.querySelectorAll("[data-tick]"));
  const all = document.querySelector("[data-tick-all]");

  function tell() {
    const count = ticks.filter(function (tick) { return tick.checked; }).length;
    const place = document.querySelector("[data-ticked]");
    if (place) { place.textContent = count ? count + " " + place.dataset.some : place.dataset.none; }
    if (all) {
      all.checked = count > 0 && count === ticks.length;
      all.indeterminate = count > 0 && count < ticks.length;
    }
  }

  document.addEventListener("change", function (event) {
    if (event.target === all) { ticks.forEach(function (tick) { tick.checked = all.checked; }); }
    if (event.target === all || ticks.includes(event.target)) { tell(); }
  });
  tell();

  // An address to send on.
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    const field = button && document.getElementById(button.dataset.copy);
    if (!field) { return; }
    field.select();
    if (navigator.clipboard) {
      navigator.clipboard.writeText(field.value).then(function () { button.textContent = button.dataset.copied; });
    }
  });
})();
