// A signed hand-over sheet typed in: one key a choice, the cursor goes on by itself in the sheet's order.
// No choice has a default and no key fills a column. Without this file the cells are plain fields.
"use strict";

(function () {
  const form = document.getElementById("hand-over");
  if (!form) return;
  const { rowOf, cellsOf, after, nextRow, to, tell, unknown, count, typing, walked, begin } = window.sheetCells(form);
  const keysOf = (cell) => new Map(cell.dataset.keys.split(";").filter(Boolean).map((one) => one.split("=")));
  const answered = (row) => cellsOf(row)[0].value;

  function word(cell) {
    cell.nextElementSibling.textContent = keysOf(cell).get(cell.value) || "";
  }

  function mark(cell, key) {
    const words = keysOf(cell).get(key);
    cell.classList.toggle("mark-unknown", !words);
    cell.value = words ? key : "";
    word(cell);
    count(answered);
    if (!words) return unknown(key);
    tell(cell, words);
    if (cell.dataset.whole === key) {
      // 不参加: nothing else is to be said of this home.
      cellsOf(rowOf(cell)).forEach((one) => { if (one !== cell) { one.value = ""; word(one); } });
      return to(nextRow(rowOf(cell)));
    }
    return to(after(cell));
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches(".mark")) mark(event.target, event.target.value.slice(-1));
  });
  form.addEventListener("keydown", (event) => {
    if (!typing(event) || walked(event)) return;
    const cell = event.target;
    if (event.key === "Enter" || event.key === " ") {
      // An empty first cell means that this home has not come: on to the next.
      event.preventDefault();
      to(cell === cellsOf(rowOf(cell))[0] && !cell.value ? nextRow(rowOf(cell)) : after(cell));
    } else if (event.key.length === 1) {
      event.preventDefault();
      mark(cell, event.key.normalize("NFKC"));
    }
  });

  count(answered);
  begin(word);
})();
