// Whoever sits in another zone than the brand is told how far their own clock is off. The calendar itself keeps the brand's.
(function () {
  "use strict";

  function minutesAhead(zone, at) {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }).formatToParts(at);
    const read = Object.fromEntries(parts.map(function (part) { return [part.type, Number(part.value)]; }));
    return Date.UTC(read.year, read.month - 1, read.day, read.hour, read.minute) / 60000;
  }

  document.querySelectorAll("[data-brand-zone]").forEach(function (note) {
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const now = new Date();
    const ahead = minutesAhead(mine, now) - minutesAhead(note.dataset.brandZone, now);
    if (!ahead) { return; }
    const hours = Math.floor(Math.abs(ahead) / 60) + ":" + String(Math.abs(ahead) % 60).padStart(2, "0");
    const words = (ahead > 0 ? note.dataset.more : note.dataset.less).replace("%(hours)s", hours);
    note.textContent = note.dataset.text.replace("%(zone)s", note.dataset.brandZone).replace("%(difference)s", words);
    note.hidden = false;
  });
})();
