// Draws the figures that a page names in data-chart, in the colours of its theme; draws again when the theme changes.
// Plotly is a megabyte to read: it is fetched when the first chart comes near.
(function () {
  "use strict";

  const source = document.currentScript.dataset.plotly;
  const drawn = new Map();
  let plotly = null;

  function engine() {
    plotly = plotly || new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = source;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    return plotly;
  }

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  // A phone has room for every second label.
  function ticks(axis, narrow) {
    if (!narrow || !axis.tickvals) {
      return {};
    }
    const even = function (value, index) { return index % 2 === 0; };
    return { tickvals: axis.tickvals.filter(even), ticktext: axis.ticktext.filter(even) };
  }

  function dressed(figure, box) {
    const narrow = box.clientWidth < 480;
    const data = figure.data.map(function (trace) {
      const colour = token(trace.meta && trace.meta.token ? trace.meta.token : "s6");
      const copy = Object.assign({}, trace);
      if (trace.type === "bar") {
        copy.marker = Object.assign({}, trace.marker, { color: colour });
      } else {
        copy.line = Object.assign({}, trace.line, { color: colour });
        copy.marker = Object.assign({ size: 7 }, trace.marker, { color: colour });
      }
      return copy;
    });
    const ink = token("ink-3");
    const axis = { color: ink, gridcolor: token("line"), zerolinecolor: token("line-2"), linecolor: token("line-2") };
    const layout = Object.assign({}, figure.layout, {
      autosize: true,
      height: narrow ? 280 : figure.layout.height,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: token("font"), size: 12, color: ink },
      xaxis: Object.assign({}, figure.layout.xaxis, axis, ticks(figure.layout.xaxis, narrow), { showgrid: false }),
      yaxis: Object.assign({}, figure.layout.yaxis, axis, { nticks: 6, zeroline: false }),
      hoverlabel: { bgcolor: token("surface"), bordercolor: token("line-2"), font: { color: token("ink") } },
    });
    layout.shapes = (figure.layout.shapes || []).map(function (shape) {
      return Object.assign({}, shape, { line: Object.assign({}, shape.line, { color: token("ink") }) });
    });
    layout.annotations = (figure.layout.annotations || []).map(function (note) {
      return Object.assign({}, note, { font: { color: token("ink"), size: 12 }, xanchor: "left", x: 0.01 });
    });
    return { data: data, layout: layout };
  }

  function draw(box) {
    const look = dressed(drawn.get(box), box);
    window.Plotly.react(box, look.data, look.layout, { displayModeBar: false, responsive: true }).then(function () {
      box.dispatchEvent(new CustomEvent("chart:drawn", { bubbles: true }));
    });
  }

  function say(box, text) {
    const words = document.createElement("p");
    words.className = "mut";
    words.textContent = text;
    box.replaceChildren(words);
    box.classList.add("is-empty");
    box.removeAttribute("role");
  }

  // Axes without a line would look like a broken chart.
  function hasLine(figure) {
    return figure.data.some(function (trace) {
      return trace.type !== "bar" && (trace.y || []).some(function (value) { return value !== null; });
    });
  }

  function load(box) {
    if (drawn.has(box)) {
      return;
    }
    drawn.set(box, null);
    const asked = fetch(box.dataset.chart, { headers: { Accept: "application/json" } })
      .then(function (answer) {
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        return answer.json();
      });
    Promise.all([asked, engine()])
      .then(function ([figure]) {
        if (!hasLine(figure)) {
          say(box, box.dataset.empty);
          return;
        }
        drawn.set(box, figure);
        draw(box);
      })
      .catch(function () { say(box, box.dataset.failed); });
  }

  const near = new IntersectionObserver(function (seen) {
    seen.filter(function (entry) { return entry.isIntersecting; }).forEach(function (entry) {
      near.unobserve(entry.target);
      load(entry.target);
    });
  }, { rootMargin: "240px" });

  function loadAll(root) {
    root.querySelectorAll("[data-chart]").forEach(function (box) { near.observe(box); });
  }

  function redraw() {
    drawn.forEach(function (figure, box) {
      if (figure && box.isConnected) {
        draw(box);
      }
    });
  }

  // A figure for a phone is drawn otherwise than one for a desk.
  let resized = 0;
  window.addEventListener("resize", function () {
    window.clearTimeout(resized);
    resized = window.setTimeout(redraw, 200);
  });

  loadAll(document);
  document.addEventListener("htmx:afterSwap", function (event) { loadAll(event.target); });
  new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
})();
