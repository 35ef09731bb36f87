// Sliders beside the number fields: without scripts the fields alone do the work.
(function () {
  "use strict";

  const form = document.getElementById("what-if");

  form.querySelectorAll("[data-lever]").forEach(function (slider) {
    const field = document.getElementById(slider.dataset.lever);
    slider.hidden = false;
    slider.addEventListener("input", function () {
      field.value = Number(slider.value).toLocaleString(document.documentElement.lang, {maximumFractionDigits: 4, useGrouping: false});
    });
    field.addEventListener("change", function () {
      const typed = Number(field.value.replace(/[\s\u00a0\u202f]/g, "").replace(",", "."));
      if (field.value && !Number.isNaN(typed)) {
        slider.value = typed;
      }
    });
  });
})();
