// A button at each chart that saves it as a PNG: charts of Plotly by its own means, our drawings over a canvas. The page's
// template holds the button, with its words; charts that come later get theirs, too.
(function () {
  "use strict";

  const SCALE = 2;
  const PAINT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "fill-opacity",
    "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline", "display"];
  const model = document.getElementById("save-picture");
  if (!model) {
    return;
  }

  function paper() {
    return getComputedStyle(document.documentElement).getPropertyValue("--surface").trim() || "#fff";
  }

  // Letters of any alphabet stay; what file systems refuse does not.
  function fileName(words) {
    const name = words.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80);
    return (name || "chart") + ".png";
  }

  function save(address, words) {
    const link = document.createElement("a");
    link.href = address;
    link.download = fileName(words);
    document.body.append(link);
    link.click();
    link.remove();
  }

  // A drawing is painted by the page's stylesheets, which a picture leaves behind: the copy takes them along as attributes.
  function painted(drawing) {
    const copy = drawing.cloneNode(true);
    const from = [drawing].concat(Array.from(drawing.querySelectorAll("*")));
    const to = [copy].concat(Array.from(copy.querySelectorAll("*")));
    from.forEach(function (element, index) {
      const look = getComputedStyle(element);
      PAINT.forEach(function (name) { to[index].setAttribute(name, look.getPropertyValue(name)); });
      to[index].removeAttribute("class");
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return copy;
  }

  function picture(drawing) {
    const box = drawing.getBoundingClientRect();
    const copy = painted(drawing);
    copy.setAttribute("width", String(box.width));
    copy.setAttribute("height", String(box.height));
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    return image.decode().then(function () {
      const canvas = document.createElement("canvas");
      const margin = 16;
      canvas.width = (box.width + 2 * margin) * SCALE;
      canvas.height = (box.height + 2 * margin) * SCALE;
      const pen = canvas.getContext("2d");
      pen.fillStyle = paper();
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, margin * SCALE, margin * SCALE, box.width * SCALE, box.height * SCALE);
      return canvas.toDataURL("image/png");
    });
  }

  // The background is put into a copy: the chart on the page stays as it is.
  function plot(box) {
    const layout = Object.assign({}, box.layout, { paper_bgcolor: paper(), plot_bgcolor: paper() });
    const figure = { data: box.data, layout: layout };
    const size = { format: "png", scale: SCALE, width: box.clientWidth, height: box.clientHeight };
    return window.Plotly.toImage(figure, size);
  }

  function wordsOf(chart) {
    return chart.dataset.picture || chart.getAttribute("aria-label") || document.title;
  }

  function addButton(chart, draw) {
    if (chart.dataset.saves || chart.closest("[data-no-picture]")) {
      return;
    }
    chart.dataset.saves = "1";
    const button = model.content.firstElementChild.cloneNode(true);
    button.querySelector("[data-what]").textContent = wordsOf(chart);
    button.addEventListener("click", function () {
      button.disabled = true;
      draw(chart).then(function (address) { save(address, wordsOf(chart)); })
        .catch(function () { button.querySelector("[data-failed]").hidden = false; })
        .finally(function () { button.disabled = false; button.focus(); });
    });
    chart.after(button);
  }

  // Of two drawings, one for wide and one for narrow windows, the one that is seen has the button.
  function look(root) {
    root.querySelectorAll("svg[data-picture], svg.sp-chart").forEach(function (drawing) {
      if (drawing.getBoundingClientRect().width > 0) {
        addButton(drawing, picture);
      }
    });
    root.querySelectorAll("[data-chart]").forEach(function (box) {
      if (box.querySelector("svg.main-svg")) {
        addButton(box, plot);
      }
    });
  }

  look(document);
  document.addEventListener("chart:drawn", function (event) { addButton(event.target, plot); });
  document.addEventListener("htmx:afterSwap", function (event) { look(event.target.parentElement || document); });
})();
