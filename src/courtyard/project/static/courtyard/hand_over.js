// A signed hand-over sheet typed in: one key a choice, the cursor goes on by itself in the sheet's order.
// No choice has a default and no key fills a column. Without this file the cells are plain fields.
"use strict";

(function () {
  const form = document.getElementById("hand-over");
  if (!form) return;
  document.documentElement.classList.add("js");
  const rows = Array.from(form.querySelectorAll("[data-row]"));
  const cells = rows.flatMap((row) => Array.from(row.querySelectorAll(".mark")));
  const said = document.getElementById("said");
  const save = document.getElementById("save");
  const left = document.querySelector(".marks-left");

  const rowOf = (cell) => cell.closest("[data-row]");
  const cellsOf = (row) => Array.from(row.querySelectorAll(".mark"));
  const keysOf = (cell) => new Map(cell.dataset.keys.split(";").filter(Boolean).map((one) => one.split("=")));
  const after = (cell) => cells[cells.indexOf(cell) + 1];
  const nextRow = (row) => {
    const next = rows[rows.indexOf(row) + 1];
    return next ? cellsOf(next)[0] : null;
  };

  function word(cell) {
    cell.nextElementSibling.textContent = keysOf(cell).get(cell.value) || "";
  }

  function count() {
    const done = rows.filter((row) => cellsOf(row)[0].value).length;
    if (left) left.textContent = `${done} / ${left.dataset.of}`;
  }

  function to(cell) {
    if (cell) {
      cell.focus();
      cell.select();
      rowOf(cell).scrollIntoView({ block: "nearest" });
    } else if (save) {
      save.focus();
    }
  }

  function mark(cell, key) {
    const words = keysOf(cell).get(key);
    cell.classList.toggle("mark-unknown", !words);
    cell.value = words ? key : "";
    word(cell);
    said.textContent = words ? `${cell.getAttribute("aria-label")} ${words}` : `${form.dataset.unknown}:${key}`;
    count();
    if (!words) return;
    if (cell.dataset.whole === key) {
      // 不参加: nothing else is to be said of this home.
      cellsOf(rowOf(cell)).forEach((one) => { if (one !== cell) { one.value = ""; word(one); } });
      to(nextRow(rowOf(cell)));
    } else {
      to(after(cell));
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches(".mark")) mark(event.target, event.target.value.slice(-1));
  });
  form.addEventListener("keydown", (event) => {
    if (!event.target.matches(".mark") || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target;
    const at = cells.indexOf(cell);
    const across = cellsOf(rowOf(cell)).length;
    const moves = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - across, ArrowDown: at + across };
    if (event.key in moves) {
      event.preventDefault();
      if (cells[moves[event.key]]) to(cells[moves[event.key]]);
    } else if (event.key === "Backspace" && !cell.value && at > 0) {
      event.preventDefault();
      to(cells[at - 1]);
    } else if (event.key === "Enter" || event.key === " ") {
      // An empty first cell means that this home has not come: on to the next.
      event.preventDefault();
      to(cell === cellsOf(rowOf(cell))[0] && !cell.value ? nextRow(rowOf(cell)) : after(cell));
    } else if (event.key.length === 1) {
      event.preventDefault();
      mark(cell, event.key.normalize("NFKC"));
    }
  });

  cells.forEach(word);
  count();
  to(cells.find((cell) => !cell.value) || cells[0]);
})();
