// A sheet of figures: arrows lead from cell to cell, a table copied from a spreadsheet is pasted into as many cells.
(function () {
  "use strict";

  const form = document.querySelector("[data-grid]");
  if (!form) { return; }
  const rows = Array.from(form.querySelectorAll("tbody tr")).map(function (row) {
    return Array.from(row.querySelectorAll("[data-cell]"));
  });
  const said = form.querySelector("[data-said]");

  function placeOf(cell) {
    const row = rows.findIndex(function (cells) { return cells.includes(cell); });
    return { row: row, column: rows[row].indexOf(cell) };
  }

  function go(row, column) {
    const cell = rows[row] && rows[row][column];
    if (cell) {
      cell.focus();
      cell.select();
    }
    return Boolean(cell);
  }

  // Left and right first move within the text; up, down and Enter always go on.
  function isAtEdge(cell, key) {
    const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    return whole || (cell.selectionStart === cell.selectionEnd && cell.selectionStart === (key === "ArrowLeft" ? 0 : cell.value.length));
  }

  form.addEventListener("keydown", function (event) {
    const cell = event.target;
    if (!cell.matches("[data-cell]") || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const at = placeOf(cell);
    let moved = false;
    if (event.key === "ArrowUp") { moved = go(at.row - 1, at.column); }
    else if (event.key === "ArrowDown") { moved = go(at.row + 1, at.column); }
    else if (event.key === "Enter") { moved = go(at.row + (event.shiftKey ? -1 : 1), at.column) || true; }
    else if (event.key === "ArrowLeft" && isAtEdge(cell, event.key)) { moved = go(at.row, at.column - 1); }
    else if (event.key === "ArrowRight" && isAtEdge(cell, event.key)) { moved = go(at.row, at.column + 1); }
    if (moved) { event.preventDefault(); }
  });

  form.addEventListener("paste", function (event) {
    const cell = event.target;
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!cell.matches("[data-cell]") || !/[\t\n]/.test(text.trim())) { return; }
    event.preventDefault();
    const at = placeOf(cell);
    let outside = false;
    text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").forEach(function (line, down) {
      line.split("\t").forEach(function (value, right) {
        const into = rows[at.row + down] && rows[at.row + down][at.column + right];
        if (into) { into.value = value.trim(); }
        else if (value.trim()) { outside = true; }
      });
    });
    // Whoever keeps what was typed hears of it.
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    said.textContent = outside ? said.dataset.outside : "";
  });

  const wrong = document.querySelector("[data-wrong]");
  if (wrong) { wrong.focus(); }
})();
