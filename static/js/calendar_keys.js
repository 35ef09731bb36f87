// The keyboard in the month and the week: arrows go from day to day, j and k from post to post.
(function () {
  "use strict";

  const WRITING = "input, textarea, select, [contenteditable], .sp-drawer, .sp-dialog";
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  function days() {
    return Array.from(document.querySelectorAll("#cal [data-key-day]"));
  }

  function chips() {
    return Array.from(document.querySelectorAll("#cal .sp-chip")).filter(function (chip) { return chip.getClientRects().length; });
  }

  function today() {
    const now = document.querySelector("#cal .is-today [data-key-day]");
    return now || days()[0];
  }

  // The day that has the focus, or the day of the post that has it.
  function current() {
    const at = document.activeElement;
    if (at.matches("[data-key-day]")) { return at; }
    const cell = at.closest("[data-day], .sp-wday");
    return cell && (cell.querySelector("[data-key-day]") || cell.closest(".sp-wday").querySelector("[data-key-day]"));
  }

  function toDay(step) {
    const all = days();
    const here = current();
    const next = here ? all[all.indexOf(here) + step] : today();
    if (next) { next.focus(); }
  }

  function toPost(step) {
    const all = chips();
    if (!all.length) { return; }
    const place = all.indexOf(document.activeElement);
    if (place >= 0) {
      if (all[place + step]) { all[place + step].focus(); }
      return;
    }
    const day = current();
    const behind = day ? all.findIndex(function (chip) { return day.compareDocumentPosition(chip) & Node.DOCUMENT_POSITION_FOLLOWING; }) : 0;
    const after = behind < 0 ? all.length : behind;
    const next = all[step < 0 ? after - 1 : after];
    if (next) { next.focus(); }
  }

  function press(link) {
    if (link) { link.click(); }
    return Boolean(link);
  }

  function act(key) {
    const at = document.activeElement;
    const day = current();
    const cell = day && day.closest(".sp-day, .sp-wday");
    if (key === "m") { return at.matches(".sp-chip") && press(at.parentElement.querySelector("[data-dialog-link]")); }
    if (key === "n") { return press(cell ? cell.querySelector(".sp-day__add") : document.querySelector(".sp-head--cal .btn-primary")); }
    if (key === "t") { const now = today(); if (now) { now.focus(); } return Boolean(now); }
    return false;
  }

  document.addEventListener("keydown", function (event) {
    const inTheWay = event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING) || document.querySelector("#over > *");
    if (inTheWay || !document.getElementById("cal")) { return; }
    const onCalendar = document.activeElement.closest("#cal");
    if (STEPS[event.key] && onCalendar) {
      event.preventDefault();
      toDay(STEPS[event.key]);
    } else if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      toPost(event.key === "j" ? 1 : -1);
    } else if (act(event.key)) {
      event.preventDefault();
    }
  });
})();
