// The wizard saves while people type. What the server answers: versions and "what you saw" for each saved row, errors
// beside fields, and the parts of the page that follow from what was typed. Without scripts the buttons do the same.
(function () {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form) {
    return;
  }
  const saved = document.getElementById("wizard-saved");
  // On a phone the steps are a strip that scrolls: bring the open one into it.
  const strip = document.querySelector(".sp-wiz__nav");
  const here = strip && strip.querySelector(".sub [aria-current]");
  if (here && strip.scrollWidth > strip.clientWidth) {
    strip.scrollLeft = here.getBoundingClientRect().left - strip.getBoundingClientRect().left - 48;
  }
  // A page that came back refused begins at the first field that has something to say.
  const wrong = form.querySelector('[aria-invalid="true"]:not([type=hidden])');
  if (wrong) {
    wrong.focus();
  }
  const QUIET_MS = 700;
  let timer = 0;
  let running = null;
  let again = false;
  // Nothing is saved behind the back of somebody who chooses between two versions.
  let stopped = Boolean(form.querySelector("[data-merge]"));
  const FIRST_PAUSE_MS = 2000;
  const LONGEST_PAUSE_MS = 60000;
  let pause = 0;

  function say(text, isOff) {
    saved.querySelector("span").textContent = text;
    saved.classList.toggle("is-off", Boolean(isOff));
  }

  function rename(row, from, to) {
    row.dataset.row = to;
    row.querySelectorAll("[name],[id],[for],[aria-describedby]").forEach(function (element) {
      ["name", "id", "for", "aria-describedby"].forEach(function (attribute) {
        const value = element.getAttribute(attribute);
        if (value) {
          element.setAttribute(attribute, value.replaceAll(from + "-", to + "-"));
        }
      });
    });
  }

  function showErrors(errors) {
    form.querySelectorAll(".sp-error").forEach(function (place) {
      const id = place.id.replace(/_error$/, "");
      const text = errors[id] || "";
      const input = document.getElementById(id);
      place.textContent = text;
      place.hidden = !text;
      if (input) {
        input.setAttribute("aria-invalid", text ? "true" : "false");
      }
    });
  }

  function showUnmet() {
    const mark = document.querySelector("[data-unmet]");
    if (mark) {
      form.querySelectorAll("[data-letter]").forEach(function (field) {
        field.classList.toggle("sp-field--todo", mark.dataset.unmet.includes(field.dataset.letter));
      });
    }
  }

  function take(answer) {
    Object.entries(answer.states).forEach(function ([prefix, html]) {
      const row = form.querySelector('[data-row="' + prefix + '"]');
      if (row) {
        row.querySelector("[data-state]").innerHTML = html;
        const stored = answer.created[prefix];
        if (stored && stored !== prefix) {
          rename(row, prefix, stored);
        }
      }
    });
    const item = form.querySelector("[data-item]");
    if (item && answer.item) {
      item.value = answer.item;
      if (answer.query) {
        window.history.replaceState(null, "", answer.query);
      }
    }
    Object.entries(answer.parts).forEach(function ([id, html]) {
      const part = document.getElementById(id);
      if (part && part.innerHTML !== html) {
        part.innerHTML = html;
      }
    });
    showErrors(answer.errors);
    showUnmet();
    // Two people in one row: no more saving behind their backs, the button shows what the other wrote.
    stopped = Boolean(answer.conflict);
    say(answer.message, !answer.saved || answer.is_reserved);
    if (pause) {
      pause = 0;
      document.dispatchEvent(new CustomEvent("line:well"));
    }
    if (answer.saved && !again && !timer) {
      form.dispatchEvent(new CustomEvent("keep:taken", { bubbles: true }));
    }
  }

  // The text stays on the page and on the device (keep.js); saving is tried again, ever more seldom.
  function failed(problem) {
    const isSignedOut = problem.status === 401;
    const isLineCut = !problem.status || problem.status >= 502;
    say(saved.dataset[isSignedOut ? "signedOut" : isLineCut ? "failed" : "broken"], true);
    if (isSignedOut) {
      document.dispatchEvent(new CustomEvent("line:signed-out"));
    }
    if (problem.needs === "second-factor") {
      document.dispatchEvent(new CustomEvent("line:second-factor"));
    }
    pause = Math.min(pause * 2 || FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    window.clearTimeout(timer);
    timer = window.setTimeout(tryAgain, pause);
  }

  function tryAgain() {
    if (pause) {
      window.clearTimeout(timer);
      timer = 0;
      save();
    }
  }

  function Refused(response) {
    this.status = response.status;
    this.needs = response.headers.get("X-Needs");
  }

  function save() {
    if (stopped) {
      return;
    }
    if (running) {
      again = true;
      return;
    }
    say(saved.dataset.saving, false);
    running = fetch(form.getAttribute("action"), {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Autosave": "yes" },
      redirect: "error",
    }).then(function (response) {
      // A conflict (409) brings the same JSON as a save that went well: an answer to show, not a failure.
      const type = response.headers.get("content-type") || "";
      if (!type.includes("json")) {
        throw new Refused(response);
      }
      return response.json();
    }).then(take).catch(failed).finally(function () {
      running = null;
      if (again) {
        again = false;
        save();
      }
    });
  }

  function soon() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      timer = 0;
      save();
    }, QUIET_MS);
  }

  // Whoever leaves in the middle of a word loses nothing.
  window.addEventListener("pagehide", function () {
    if (timer && !stopped) {
      window.clearTimeout(timer);
      timer = 0;
      fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form), headers: { "X-Autosave": "yes" }, keepalive: true });
    }
  });

  window.addEventListener("online", tryAgain);
  // Back from the tab in which one signed in again.
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) {
      tryAgain();
    }
  });

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // A button saves everything itself; a quiet save that is still under way must come first, or its answer would be lost.
  form.addEventListener("submit", function (event) {
    window.clearTimeout(timer);
    timer = 0;
    again = false;
    if (running) {
      event.preventDefault();
      const button = event.submitter;
      running.finally(function () { form.requestSubmit(button); });
    }
  });
})();
