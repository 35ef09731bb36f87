// The browser knows its zone: country, zone and currency follow it, until somebody chooses.
(function () {
  "use strict";

  const form = document.querySelector("form[data-homes]");
  if (!form) {
    return;
  }
  const touched = new Set();
  form.addEventListener("change", function (event) {
    touched.add(event.target.name);
    if (event.target.name === "country") {
      const zone = Object.keys(homes).find(function (name) { return homes[name][0] === event.target.value; });
      if (zone) {
        choose("time_zone", zone);
        choose("currency", homes[zone][1]);
      }
    }
  });
  const homes = JSON.parse(form.dataset.homes);

  function choose(name, value) {
    const field = form.elements[name];
    if (field && !touched.has(name) && Array.from(field.options).some(function (option) { return option.value === value; })) {
      field.value = value;
    }
  }

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (form.dataset.guess && zone !== "UTC") {
    choose("time_zone", zone);
    if (homes[zone]) {
      choose("country", homes[zone][0]);
      choose("currency", homes[zone][1]);
    }
  }
})();
