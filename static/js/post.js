// Writing a post: tabs, counters by each network's rule, a preview. The server counts again (calendar_app/text_length.py).
(function () {
  "use strict";

  // --- counting, by the same rules as the server

  const LINK_WEIGHT = 23;
  const LABEL = "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?";
  const INSIDE = "a-z0-9\\u00C0-\\u024F\\u02BB\\u0400-\\u04FF!*';:=+,.$/%#\\[\\]\\u2013_~@|&\\-";
  const LAST = "a-z0-9\\u00C0-\\u024F\\u02BB\\u0400-\\u04FF=_#/+\\-";
  const BRACKETS = "\\([" + INSIDE + "]*\\)";
  const PATH = "/(?:(?:[" + INSIDE + "]|" + BRACKETS + ")*(?:[" + LAST + "]|" + BRACKETS + "))?";
  const QUERY = "\\?[a-z0-9!?*'@();:&=+$/%#\\[\\]\\-_.,~|]*[a-z0-9\\-_&=#/]";
  const LINK = new RegExp(
    "(?:(?<![a-z0-9@\\uFF20$#\\uFF03])(https?://)|(?<![a-z0-9@\\uFF20$#\\uFF03._/-]))" +
    "(" + LABEL + "(?:\\." + LABEL + ")+)(?![a-z0-9@+-])(?::[0-9]+)?(?:" + PATH + ")?(?:" + QUERY + ")?", "gi");
  const PICTURE = "(?:[\\u203C\\u2049\\u2100-\\u2BFF\\u3030\\u303D\\u3297\\u3299\\u{1F000}-\\u{1F1E5}\\u{1F200}-\\u{1FAFF}]|[\\u00A9\\u00AE](?=\\uFE0F))";
  const DRESSED = PICTURE + "(?:\\uFE0F|[\\u{1F3FB}-\\u{1F3FF}])?";
  const EMOJI = new RegExp(
    "[0-9#*]\\uFE0F?\\u20E3|[\\u{1F1E6}-\\u{1F1FF}]{2}|\\u{1F3F4}[\\u{E0061}-\\u{E007A}]+\\u{E007F}|" +
    DRESSED + "(?:\\u200D" + DRESSED + ")*", "gu");
  const LIGHT = [[0, 0x10FF], [0x2000, 0x200D], [0x2010, 0x201F], [0x2032, 0x2037]];

  function endOfLink(match, domains) {
    const isReal = function (label) { return domains.has(label.toLowerCase()) || label.toLowerCase().startsWith("xn--"); };
    const labels = match[2].split(".");
    if (isReal(labels[labels.length - 1])) {
      return match.index + match[0].length;
    }
    let end = match.index + (match[1] || "").length + match[2].length;
    while (labels.length > 2) {
      end -= labels.pop().length + 1;
      if (isReal(labels[labels.length - 1])) {
        return end;
      }
    }
    return 0;
  }

  function weightWithoutLinks(text) {
    let weight = 0;
    const bare = text.replace(EMOJI, function () { weight += 2; return ""; });
    for (const character of bare) {
      const point = character.codePointAt(0);
      weight += LIGHT.some(function (range) { return range[0] <= point && point <= range[1]; }) ? 1 : 2;
    }
    return weight;
  }

  function weighted(text, domains) {
    text = text.normalize("NFC");
    let weight = 0;
    let position = 0;
    for (const match of text.matchAll(LINK)) {
      const end = endOfLink(match, domains);
      if (end) {
        weight += weightWithoutLinks(text.slice(position, match.index)) + LINK_WEIGHT;
        position = end;
      }
    }
    return weight + weightWithoutLinks(text.slice(position));
  }

  function length(text, mode, domains) {
    text = text.replace(/\r\n/g, "\n");
    switch (mode) {
      case "x_weighted": return weighted(text, domains);
      case "utf8_bytes": return new TextEncoder().encode(text).length;
      case "utf16": return text.length;
      default: return Array.from(text).length;
    }
  }

  function hashtags(text) {
    const found = text.match(/(?<![\p{L}\p{N}_&/])#([\p{L}\p{N}_]+)/gu) || [];
    return found.filter(function (tag) { return !/^#\p{Nd}+$/u.test(tag); }).length;
  }

  // What the tests compare with the server.
  window.smmTextLength = function (text, mode, domains) { return length(text, mode, new Set(domains)); };

  // --- the form

  const WITH_MEDIA = ["image", "carousel", "video", "reel", "story", "live", "ugc"];

  function numberWords(value) {
    return new Intl.NumberFormat(document.documentElement.lang || "en").format(value);
  }

  function textFor(form, name) {
    const own = form.querySelector('[data-own="' + name + '"]');
    return (own && own.value) || form.elements.text.value;
  }

  function count(form) {
    const domains = new Set((form.dataset.tlds || "").split(" "));
    const hasMedia = form.querySelector('[name="media"]') !== null ||
      WITH_MEDIA.includes(form.elements.format ? form.elements.format.value : "");
    form.querySelectorAll("[data-counter]").forEach(function (counter) {
      const used = length(textFor(form, counter.dataset.counter).trim(), counter.dataset.mode, domains);
      const limit = Number((hasMedia && counter.dataset.limitMedia) || counter.dataset.limit || 0);
      const shown = counter.querySelector("[data-number]");
      shown.querySelector("b").textContent = numberWords(used);
      shown.classList.toggle("tone-bad", limit > 0 && used > limit);
      const bar = counter.querySelectorAll(".meter rect")[1];
      if (bar && limit) {
        bar.setAttribute("width", (36 * Math.min(used / limit, 1)).toFixed(1));
        bar.setAttribute("class", used > limit ? "f-bad" : "f-acc");
      }
    });
    form.querySelectorAll("[data-hashtags]").forEach(function (place) {
      place.textContent = numberWords(hashtags(textFor(form, place.dataset.hashtags)));
    });
  }

  function preview(form) {
    const post = form.closest("[data-post]");
    post.querySelectorAll("[data-preview]").forEach(function (card) {
      const text = textFor(form, card.dataset.preview).trim();
      const fold = Number(card.dataset.fold);
      const letters = Array.from(text);
      const isFolded = fold > 0 && letters.length > fold;
      const place = card.querySelector("[data-preview-text]");
      place.replaceChildren();
      (isFolded ? letters.slice(0, fold).join("").trimEnd() : text).split("\n").forEach(function (line, number) {
        if (number) { place.append(document.createElement("br")); }
        place.append(line);
      });
      card.querySelector("[data-preview-more]").hidden = !isFolded;
      const empty = card.querySelector("[data-preview-empty]");
      if (empty) { empty.hidden = text !== ""; }
      const comment = card.querySelector("[data-preview-comment]");
      const first = form.elements.first_comment ? form.elements.first_comment.value.trim() : "";
      comment.hidden = first === "";
      comment.querySelector("span").textContent = first;
    });
  }

  // A set of hashtags goes where the caret is, in the text that is being shown.
  function insert(form, words) {
    const place = Array.from(form.querySelectorAll("[data-panel]:not([hidden]) textarea")).find(function (area) {
      return !area.disabled;
    });
    if (!place) { return; }
    const before = place.value.slice(0, place.selectionStart);
    const gap = before && !/\s$/.test(before) ? " " : "";
    place.setRangeText(gap + words, place.selectionStart, place.selectionEnd, "end");
    place.dispatchEvent(new Event("input", { bubbles: true }));
    place.focus();
  }

  function channels(form) {
    const post = form.closest("[data-post]");
    form.querySelectorAll("[data-channel]").forEach(function (box) {
      const name = box.dataset.channel;
      post.querySelectorAll('[data-tab="' + name + '"], #panel-all [data-counter="' + name + '"]').forEach(function (part) {
        part.hidden = !box.checked;
      });
    });
    const current = form.querySelector('[role="tab"][aria-selected="true"]');
    if (current && current.hidden) { select(form.querySelector('[role="tab"]')); } else { show(form); }
  }

  function select(tab, focus) {
    const form = tab.closest("form");
    form.querySelectorAll('[role="tab"]').forEach(function (other) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
    });
    form.querySelectorAll("[data-panel]").forEach(function (panel) {
      panel.hidden = panel.id !== tab.getAttribute("aria-controls");
    });
    show(form);
    if (focus) { tab.focus(); }
  }

  // The tab of a channel narrows preview and checks to it; “all” previews the first and checks each.
  function show(form) {
    const current = form.querySelector('[role="tab"][aria-selected="true"]');
    const first = form.querySelector("[data-channel]:checked");
    const name = current && current.dataset.tab;
    const seen = name || (first && first.dataset.channel);
    form.closest("[data-post]").querySelectorAll("[data-preview]").forEach(function (card) {
      card.hidden = card.dataset.preview !== seen;
    });
    form.querySelectorAll("#checks [data-look], #built-links [data-look]").forEach(function (found) {
      found.hidden = Boolean(name) && found.dataset.look !== name;
    });
  }

  function dirty(form, isDirty) {
    form.dataset.dirty = isDirty ? "1" : "";
    const saved = form.closest("[data-post]").querySelector("[data-saved]");
    const words = saved && saved.querySelector("span");
    if (isDirty && words) { words.textContent = saved.dataset.unsaved; }
  }

  function start(root) {
    root.querySelectorAll("[data-post-form]:not([data-started])").forEach(function (form) {
      form.dataset.started = "1";
      channels(form);
      const wrong = form.querySelector("[data-panel] .invalid-feedback");
      const panel = wrong && wrong.closest("[data-panel]");
      select(form.querySelector(panel ? '[aria-controls="' + panel.id + '"]' : '[role="tab"]'));
      count(form);
      // What the server sent back unsaved is still unsaved.
      dirty(form, form.querySelector(".is-bad, .invalid-feedback") !== null);
    });
  }

  document.addEventListener("input", function (event) {
    const form = event.target.closest("[data-post-form]");
    if (form) {
      count(form);
      preview(form);
      dirty(form, true);
    }
  });

  document.addEventListener("change", function (event) {
    const form = event.target.closest("[data-post-form]");
    if (form) {
      if (event.target.matches("[data-channel]")) { channels(form); }
      count(form);
      dirty(form, true);
    }
  });

  document.addEventListener("click", function (event) {
    const tab = event.target.closest('[data-post-form] [role="tab"]');
    if (tab) {
      event.preventDefault();
      select(tab);
    }
    const takeOver = event.target.closest("[data-take-over]");
    if (takeOver) {
      const form = takeOver.closest("form");
      const own = form.querySelector('[data-own="' + takeOver.dataset.takeOver + '"]');
      own.value = form.elements.text.value;
      own.dispatchEvent(new Event("input", { bubbles: true }));
      own.focus();
    }
  });

  document.addEventListener("click", function (event) {
    const set = event.target.closest("[data-post-form] [data-insert]");
    if (set) {
      set.closest("details").open = false;
      insert(set.closest("form"), set.dataset.insert);
    }
  });

  // Escape closes a menu in the form before it closes the drawer around it.
  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && event.target.closest("[data-post-form] details.sp-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    }
  });

  document.addEventListener("keydown", function (event) {
    const tab = event.target.closest('[data-post-form] [role="tab"]');
    if (!tab || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) { return; }
    const tabs = Array.from(tab.parentElement.querySelectorAll('[role="tab"]:not([hidden])'));
    const here = tabs.indexOf(tab);
    const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: tabs.length - 1 }[event.key];
    event.preventDefault();
    select(tabs[(next + tabs.length) % tabs.length], true);
  });

  // The marks on the tabs come with the checks.
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "checks") {
      event.target.querySelectorAll("template[data-mark-for]").forEach(function (template) {
        const place = document.querySelector('[data-mark="' + template.dataset.markFor + '"]');
        if (place) { place.replaceChildren(template.content.cloneNode(true)); }
      });
      show(event.target.closest("form"));
    }
  });

  // New files, or another order: limits and checks look again.
  document.addEventListener("htmx:load", function (event) {
    const media = event.target.id === "post-media" && event.target;
    if (media) {
      media.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
      const menu = media.querySelector("[data-focus], details[open] summary");
      if (menu) { menu.focus({ preventScroll: true }); }
    }
  });

  document.addEventListener("htmx:oobAfterSwap", function () {
    document.querySelectorAll("[data-post-form]").forEach(function (form) { show(form); });
  });

  // Too large for the server, or the line was cut.
  ["htmx:responseError", "htmx:sendError"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      const media = event.detail.elt && event.detail.elt.closest && event.detail.elt.closest("#post-media");
      if (media) {
        const place = media.querySelector("#media-problems");
        place.textContent = media.dataset.refused;
        place.hidden = false;
        media.querySelector("input[type=file]").value = "";
      }
    });
  });

  start(document);
  document.addEventListener("htmx:load", function (event) { start(event.target.parentElement || document); });
})();
