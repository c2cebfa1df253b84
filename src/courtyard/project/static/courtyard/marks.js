// One rater's sheet, typed from paper: one key a mark, the cursor goes on by itself in the sheet's order.
// No key fills a column and no mark has a default. Without this file the cells are plain fields.
"use strict";

(function () {
  const form = document.getElementById("marks");
  if (!form) return;
  const { rowOf, cellsOf, after, before, nextRow, to, tell, unknown, count, typing, walked, told, begin } =
    window.sheetCells(form);
  const keys = new Map();
  form.querySelectorAll("[data-key]").forEach((item) => keys.set(item.dataset.key, item.dataset));
  const full = (row) => cellsOf(row).every((cell) => cell.value);
  const fits = (cell, key) => keys.has(key) && (!keys.get(key).consent || cell.dataset.consent);

  function word(cell) {
    const key = keys.get(cell.value);
    cell.nextElementSibling.textContent = key ? key.name.replace(/[((].*$/, "") : "";
    cell.dataset.code = key ? key.code : "";
  }

  function mark(cell, key) {
    if (!fits(cell, key)) {
      cell.value = "";
      word(cell);
      unknown(key);
      cell.classList.add("mark-unknown");
      return;
    }
    cell.classList.remove("mark-unknown");
    const row = rowOf(cell);
    if (keys.get(key).whole) {
      cellsOf(row).forEach((one) => { one.value = key; word(one); });
      tell(cell, keys.get(key).name);
      count(full);
      to(nextRow(row));
      return;
    }
    cellsOf(row).forEach((one) => {
      if (one !== cell && keys.get(one.value) && keys.get(one.value).whole) { one.value = ""; word(one); }
    });
    cell.value = key;
    word(cell);
    tell(cell, keys.get(key).name);
    count(full);
    to(after(cell));
  }

  // What was seen: F opens the list beside the home, at the area of the last key; a digit or the code's letter and
  // digit ticks it, Enter goes back to the sheet.
  let back = null;
  function openFound(cell) {
    const row = rowOf(cell);
    const details = row.querySelector(".found");
    back = cell;
    details.open = true;
    const wanted = cell.value ? cell : before(cell) || cell;
    const area = (rowOf(wanted) === row ? wanted : cell).dataset.area;
    details.querySelector(`fieldset[data-area="${area}"] input`).focus();
  }
  function openFoundOfLast(cell) {
    const last = before(cell);
    openFound(!cell.value && last && last.value && cell === cellsOf(rowOf(cell))[0] ? last : cell);
    back = cell;
  }

  function foundKey(event) {
    const field = event.target;
    const details = field.closest(".found");
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      details.open = false;
      const open = back || cellsOf(rowOf(field))[0];
      to(open.value && rowOf(open) === rowOf(field) ? after(open) : open);
      return;
    }
    if (field.type === "text" || !/^[0-9]$/.test(event.key)) return;
    const box = Array.from(field.closest("fieldset").querySelectorAll("input[type=checkbox][name$='-f']"))
      .find((one) => one.value.endsWith(event.key));
    if (!box) return;
    event.preventDefault();
    box.checked = !box.checked;
    told(details);
    const words = form.querySelector(`[name="${box.name.replace(/-f$/, "-w-")}${box.value}"]`);
    (words && box.checked ? words : box).focus();
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches(".mark")) mark(event.target, event.target.value.slice(-1));
  });
  form.addEventListener("change", (event) => {
    const details = event.target.closest(".found");
    if (details) told(details);
  });
  form.addEventListener("keydown", (event) => {
    if (event.target.closest(".found")) return foundKey(event);
    if (!typing(event) || walked(event)) return undefined;
    const cell = event.target;
    if (event.key === "Enter") {
      event.preventDefault();
      to(after(cell));
    } else if (event.key === "f" || event.key === "F") {
      event.preventDefault();
      openFoundOfLast(cell);
    } else if (event.key.length === 1) {
      event.preventDefault();
      mark(cell, event.key.normalize("NFKC"));
    }
    return undefined;
  });

  count(full);
  begin(word);
})();
