// What people type is copied on this device until the server says that it took it. A copy that a page does not hold when it
// opens is offered there again. Hidden fields are never put back: versions stay those of the page.
(function () {
  "use strict";
  const words = document.getElementById("kept-words");
  let store = null;
  try { store = window.localStorage; } catch (refused) { /* no room on this device */ }
  if (!words || !store) { return; }
  const person = words.dataset.person;
  const MINE = "kept:" + person + ":";
  const DAYS = 14, LETTERS = 400000, QUIET_MS = 300;
  const NOT_TYPED = /^(hidden|password|file|submit|button|reset|image|fieldset|output|search)$/;
  const states = new WeakMap();
  const waiting = new Set();

  function here() { return location.pathname + location.search; }
  function address(form, button) {
    const own = button && button.getAttribute("formaction");
    return new URL(own || form.getAttribute("action") || "", location.href).pathname;
  }
  function isKept(form) {
    return form && (form.getAttribute("method") || "").toLowerCase() === "post" && form.dataset.keep !== "no" &&
      !form.querySelector("[type=password]");
  }
  function stateOf(form) {
    if (!states.has(form)) { states.set(form, { token: Math.random().toString(36).slice(2, 14), also: {}, saved: {} }); }
    return states.get(form);
  }
  function nameOf(form) {
    const alike = Array.from(document.forms).filter(function (other) { return address(other) === address(form); });
    const item = form.querySelector("[data-item]");
    return address(form) + "#" + alike.indexOf(form) + (item ? "#" + item.value : "");
  }
  function versionOf(form) {
    return Array.from(form.querySelectorAll("[type=hidden]")).filter(function (field) {
      return /(version|state|seen)$/.test(field.name);
    }).reduce(function (sum, field) {
      return Array.from(field.value + "|").reduce(function (so_far, letter) { return (so_far * 31 + letter.codePointAt(0)) | 0; }, sum);
    }, 0);
  }

  // --- fields

  function isBox(field) { return field.type === "checkbox" || field.type === "radio"; }
  function places(form) {
    const found = new Map(), count = {};
    Array.from(form.elements).forEach(function (field) {
      if (field.name && !NOT_TYPED.test(field.type)) {
        const place = field.name + (isBox(field) ? "=" + field.value : "");
        count[place] = (count[place] || 0) + 1;
        found.set(place + "#" + count[place], field);
      }
    });
    return found;
  }
  function chosen(options) { return JSON.stringify(options.map(function (option) { return option.value; })); }
  function valueOf(field) {
    return isBox(field) ? field.checked : field.options ? chosen(Array.from(field.selectedOptions)) : field.value;
  }
  function servedValueOf(field) {
    if (!field.options) { return isBox(field) ? field.defaultChecked : field.defaultValue; }
    const options = Array.from(field.options), own = options.filter(function (option) { return option.defaultSelected; });
    return chosen(own.length || field.multiple ? own : options.slice(0, 1));
  }
  function put(field, value) {
    if (isBox(field)) { field.checked = value; }
    else if (field.options) {
      const values = JSON.parse(value);
      Array.from(field.options).forEach(function (option) { option.selected = values.includes(option.value); });
    } else { field.value = value; }
    for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) { around.open = true; }
    ["input", "change"].forEach(function (name) { field.dispatchEvent(new Event(name, { bubbles: true })); });
  }

  // --- copies

  function copies() {
    return Object.keys(store).filter(function (key) { return key.startsWith("kept:"); }).map(function (key) {
      try { return Object.assign(JSON.parse(store.getItem(key)), { key: key }); } catch (broken) { return { key: key, at: 0 }; }
    }).sort(function (one, other) { return other.at - one.at; });
  }
  function makeRoom() {
    let letters = 0;
    copies().forEach(function (copy) {
      letters += store.getItem(copy.key).length;
      const isOthers = person && !copy.key.startsWith(MINE) && !copy.key.startsWith("kept::");
      if (isOthers || letters > LETTERS || Date.now() - copy.at > DAYS * 864e5) { store.removeItem(copy.key); }
    });
  }
  function record(form) {
    const state = stateOf(form), fields = {};
    window.clearTimeout(state.timer);
    waiting.delete(form);
    places(form).forEach(function (field, place) {
      const value = valueOf(field), before = place in state.saved ? state.saved[place] : servedValueOf(field);
      if (place in state.also || value !== before) { fields[place] = value; }
    });
    if (!Object.keys(fields).length) { return store.removeItem(MINE + state.token); }
    const copy = JSON.stringify({ at: Date.now(), page: here(), form: nameOf(form), version: versionOf(form), fields: fields });
    try { store.setItem(MINE + state.token, copy); } catch (full) {
      copies().slice(-5).forEach(function (old) { store.removeItem(old.key); });
      try { store.setItem(MINE + state.token, copy); } catch (refused) { /* the text is still on the page */ }
    }
    makeRoom();
  }
  function taken(form) {
    const state = stateOf(form);
    window.clearTimeout(state.timer);
    waiting.delete(form);
    store.removeItem(MINE + state.token);
    state.also = {};
    places(form).forEach(function (field, place) { state.saved[place] = valueOf(field); });
  }
  // The server names in cookies what it took (smmplanner/kept.py).
  function collect() {
    return Array.from(document.cookie.matchAll(/(?:^|; )taken_([a-z0-9]+)=/g)).map(function (found) {
      document.cookie = "taken_" + found[1] + "=; path=/; max-age=0";
      store.removeItem(MINE + found[1]);
      return found[1];
    });
  }

  // --- the offer

  function moment(at) {
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    const day = isToday ? {} : { day: "numeric", month: "numeric" };
    return new Intl.DateTimeFormat(document.documentElement.lang, Object.assign(day, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })).format(at);
  }
  function offer(form) {
    const state = stateOf(form), fields = places(form);
    state.looked = true;
    const mine = copies().filter(function (copy) {
      return copy.key.startsWith(MINE) && copy.key !== MINE + state.token && copy.page === here() && copy.form === nameOf(form);
    });
    for (const copy of mine) {
      const missing = Object.entries(copy.fields).filter(function ([place, value]) {
        return fields.has(place) ? valueOf(fields.get(place)) !== value : value && value !== "[]" && value !== '[""]';
      });
      if (missing.length) { return show(form, copy, missing, fields); }
      // A refused form, or one that the browser filled again: it is still the same text, and not saved.
      const isOpen = sent.token === copy.key.slice(MINE.length) ||
        Object.keys(copy.fields).some(function (place) { return fields.has(place) && valueOf(fields.get(place)) !== servedValueOf(fields.get(place)); });
      store.removeItem(copy.key);
      if (isOpen) { state.also = copy.fields; record(form); }
    }
  }
  function show(form, copy, missing, fields) {
    const bar = document.importNode(words.content.querySelector("[data-kept]"), true);
    const lost = missing.filter(function ([place, value]) { return !fields.has(place) && typeof value === "string" && value[0] !== "["; });
    const text = bar.querySelector("[data-text]"), said = text.cloneNode(true);
    said.querySelector("time").textContent = moment(copy.at);
    said.querySelector("[data-changed]").hidden = copy.version === versionOf(form);
    said.querySelector("[data-rest]").hidden = !lost.length;
    said.querySelector("[data-rest] q").textContent = lost.map(function (pair) { return pair[1]; }).join(" · ");
    text.replaceChildren();
    form.before(bar);
    // Filled when it stands there, so that it is read out.
    window.setTimeout(function () { text.replaceChildren(...said.childNodes); }, 50);
    function settle() {
      store.removeItem(copy.key);
      bar.remove();
      const first = missing.map(function (pair) { return places(form).get(pair[0]); }).concat(Array.from(places(form).values()));
      const next = first.find(function (field) { return field && !field.disabled && field.getClientRects().length; });
      if (next) { next.focus(); }
      offer(form);
    }
    bar.querySelector("[data-discard]").addEventListener("click", settle);
    bar.querySelector("[data-put-back]").addEventListener("click", function () {
      const rest = new Map(missing);
      function fill() {
        places(form).forEach(function (field, place) {
          if (rest.has(place)) { const value = rest.get(place); rest.delete(place); put(field, value); }
        });
      }
      fill();
      // Fields that the server sends once another is chosen.
      const late = function () { if (rest.size) { fill(); record(form); } };
      form.addEventListener("htmx:afterSettle", late);
      window.setTimeout(function () { form.removeEventListener("htmx:afterSettle", late); }, 8000);
      record(form);
      settle();
    });
  }
  function look(root) {
    Array.from(document.forms).forEach(function (form) {
      if (root.contains(form) && isKept(form) && !(states.has(form) && states.get(form).looked) && places(form).size) { offer(form); }
    });
  }

  // --- when

  function typed(event) {
    const form = event.target.form;
    if (event.target.name && !NOT_TYPED.test(event.target.type) && isKept(form)) {
      const state = stateOf(form);
      window.clearTimeout(state.timer);
      waiting.add(form);
      state.timer = window.setTimeout(record, QUIET_MS, form);
    }
  }
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  window.addEventListener("pagehide", function () { waiting.forEach(record); });
  document.addEventListener("keep:taken", function (event) { taken(event.target); });
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.matches("[data-forget]")) { copies().forEach(function (copy) { store.removeItem(copy.key); }); }
    if (!states.has(form)) { return; }
    record(form);
    sent = { token: stateOf(form).token, page: here(), path: address(form, event.submitter), at: Date.now() };
    sessionStorage.setItem("kept-sent", JSON.stringify(sent));
  });

  // Signing in elsewhere renews the token against forgery. The same person may go on in an older tab; another may not.
  store.setItem("kept-person", person || store.getItem("kept-person") || "");
  function token() {
    const found = store.getItem("kept-person") === person && document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return found && found[1];
  }
  document.addEventListener("formdata", function (event) {
    if (event.formData.has("csrfmiddlewaretoken") && token()) { event.formData.set("csrfmiddlewaretoken", token()); }
    if (states.has(event.target)) { event.formData.set("kept", stateOf(event.target).token); }
  });
  document.addEventListener("htmx:configRequest", function (event) {
    if (token()) { event.detail.headers["X-CSRFToken"] = token(); }
  });
  // Before what came is put into the page.
  document.addEventListener("htmx:beforeOnLoad", function (event) {
    const form = event.detail.elt, why = event.detail.requestConfig.triggeringEvent, status = event.detail.xhr.status;
    const done = collect();
    // What was sent is taken, and the next page is on its way: nothing here is to be copied once more.
    Array.from(document.forms).forEach(function (sender) {
      if (states.has(sender) && done.includes(states.get(sender).token)) { taken(sender); }
    });
    if (states.has(form) && status >= 200 && status < 300 && why && (why.type === "submit" || form.matches("[data-saves]"))) { taken(form); }
  });

  let sent = {};
  try { sent = JSON.parse(sessionStorage.getItem("kept-sent")) || {}; } catch (broken) { /* as if nothing was sent */ }
  sessionStorage.removeItem("kept-sent");
  const done = collect();
  // A refused form comes back under the address that it was sent to: the page gets its own again.
  if (sent.path === location.pathname && !done.includes(sent.token) && Date.now() - sent.at < 120000) {
    history.replaceState(history.state, "", sent.page);
  }
  makeRoom();
  window.addEventListener("pageshow", function () { collect(); look(document); });
  document.addEventListener("htmx:load", function (event) { look(event.target); });
})();
