// The cells of a sheet typed from paper, for marks.js, numbers.js and hand_over.js: rows, what comes next, the cursor.
// The cursor goes in the sheet's order, a home a row; arrows and Backspace on an empty cell walk it by hand.
"use strict";

window.sheetCells = function (form) {
  document.documentElement.classList.add("js");
  const rowOf = (cell) => cell.closest("[data-row]");
  const cellsOf = (row) => Array.from(row.querySelectorAll(".mark"));
  const rows = Array.from(form.querySelectorAll("[data-row]"));
  const cells = rows.flatMap(cellsOf);
  const said = document.getElementById("said");
  const save = document.getElementById("save");
  const left = document.querySelector(".marks-left");

  const after = (cell) => cells[cells.indexOf(cell) + 1];
  const before = (cell) => cells[cells.indexOf(cell) - 1];
  const nextRow = (row) => {
    const next = rows[rows.indexOf(row) + 1];
    return next ? cellsOf(next)[0] : null;
  };

  // The cursor goes to a cell, past the last one to the button that saves.
  function to(cell) {
    if (cell) {
      cell.focus();
      cell.select();
      rowOf(cell).scrollIntoView({ block: "nearest" });
    } else if (save) {
      save.focus();
    }
  }

  function say(words) {
    said.textContent = words;
  }

  // What was just put into a cell, read out; a key that means nothing there is named.
  const tell = (cell, words) => say(`${cell.getAttribute("aria-label")} ${words}`);
  const unknown = (key) => say(`${form.dataset.unknown}:${key}`);

  // How many homes are done, by the sheet's own measure.
  function count(done) {
    if (left) left.textContent = `${rows.filter(done).length} / ${left.dataset.of}`;
  }

  // Whether a key was pressed in a cell, and is no shortcut of the browser.
  const typing = (event) => event.target.matches(".mark") && !event.ctrlKey && !event.metaKey && !event.altKey;

  // Arrows, and Backspace on an empty cell: true where the key was one of them.
  function walked(event) {
    const cell = event.target, at = cells.indexOf(cell), across = cellsOf(rowOf(cell)).length;
    const moves = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - across, ArrowDown: at + across };
    const back = event.key === "Backspace" && !cell.value && at > 0;
    if (!(event.key in moves) && !back) return false;
    event.preventDefault();
    const wanted = cells[back ? at - 1 : moves[event.key]];
    if (wanted) to(wanted);
    return true;
  }

  // How much was ticked in the list of what was seen, said on its heading.
  function told(details) {
    const ticked = details.querySelectorAll("input[name$='-f']:checked").length;
    const places = Array.from(details.querySelectorAll(".places")).reduce((sum, one) => sum + Number(one.value || 0), 0);
    const heading = details.querySelector(".found-count");
    heading.dataset.empty = heading.dataset.empty || heading.textContent;
    heading.textContent = ticked + places ? `${ticked + places} \u2713` : heading.dataset.empty;
  }

  // Lists folded, every cell shown, the cursor at the first empty one.
  function begin(show) {
    cells.forEach(show);
    form.querySelectorAll(".found").forEach((details) => { told(details); details.open = false; });
    to(cells.find((cell) => !cell.value) || cells[0]);
  }

  return { rowOf, cellsOf, after, before, nextRow, to, tell, unknown, count, typing, walked, told, begin };
};
