// Files dropped on the page are sent as if they had been chosen; one that is too large is told before it travels.
(function () {
  "use strict";

  function form() {
    return document.querySelector("form[data-drop]");
  }

  function say(text) {
    const place = document.querySelector("[data-drop-said]");
    if (place) {
      place.textContent = text;
    }
  }

  function tooLarge(input) {
    const limit = Number(input.form.dataset.limit);
    return Array.from(input.files).filter(function (file) { return file.size > limit; });
  }

  // Names what was chosen, and tells the field itself what is wrong, so that the browser does not send it.
  function look(input) {
    const large = tooLarge(input);
    const place = document.querySelector("[data-drop-said]");
    const problem = large.length ? large.map(function (file) { return file.name; }).join(", ") + ": " + place.dataset.tooLarge : "";
    input.setCustomValidity(problem);
    say(problem || Array.from(input.files).map(function (file) { return file.name; }).join(", "));
    return !problem;
  }

  document.addEventListener("change", function (event) {
    if (event.target.matches("form[data-drop] input[type=file]")) {
      look(event.target);
    }
  });

  document.addEventListener("submit", function (event) {
    if (event.target.matches("form[data-drop]")) {
      say(document.querySelector("[data-drop-said]").dataset.sending);
    }
  });

  ["dragenter", "dragover"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (form() && event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files")) {
        event.preventDefault();
        form().classList.add("is-over");
      }
    });
  });

  document.addEventListener("dragleave", function (event) {
    if (form() && !event.relatedTarget) {
      form().classList.remove("is-over");
    }
  });

  document.addEventListener("drop", function (event) {
    if (!form() || !event.dataTransfer || !event.dataTransfer.files.length) {
      return;
    }
    event.preventDefault();
    form().classList.remove("is-over");
    const input = form().querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    if (look(input)) {
      form().requestSubmit();
    }
  });
})();
