// One rater's sheet, typed from paper: one key a mark, the cursor goes on by itself in the sheet's order.
// No key fills a column and no mark has a default. Without this file the cells are plain fields.
"use strict";

(function () {
  const form = document.getElementById("marks");
  if (!form) return;
  document.documentElement.classList.add("js");
  const keys = new Map();
  form.querySelectorAll("[data-key]").forEach((item) => keys.set(item.dataset.key, item.dataset));
  const rows = Array.from(form.querySelectorAll("[data-row]"));
  const cells = rows.flatMap((row) => Array.from(row.querySelectorAll(".mark")));
  const said = document.getElementById("said");
  const save = document.getElementById("save");
  const left = document.querySelector(".marks-left");

  const rowOf = (cell) => cell.closest("[data-row]");
  const cellsOf = (row) => Array.from(row.querySelectorAll(".mark"));
  const fits = (cell, key) => keys.has(key) && (!keys.get(key).consent || cell.dataset.consent);

  function word(cell) {
    const key = keys.get(cell.value);
    cell.nextElementSibling.textContent = key ? key.name.replace(/[((].*$/, "") : "";
    cell.dataset.code = key ? key.code : "";
  }

  function count() {
    const whole = rows.filter((row) => cellsOf(row).every((cell) => cell.value)).length;
    if (left) left.textContent = `${whole} / ${left.dataset.of}`;
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

  const after = (cell) => cells[cells.indexOf(cell) + 1];
  const nextRow = (row) => {
    const next = rows[rows.indexOf(row) + 1];
    return next ? cellsOf(next)[0] : null;
  };

  function mark(cell, key) {
    if (!fits(cell, key)) {
      cell.value = "";
      word(cell);
      said.textContent = `${form.dataset.unknown}:${key}`;
      cell.classList.add("mark-unknown");
      return;
    }
    cell.classList.remove("mark-unknown");
    const row = rowOf(cell);
    if (keys.get(key).whole) {
      cellsOf(row).forEach((one) => { one.value = key; word(one); });
      said.textContent = `${cell.getAttribute("aria-label")} ${keys.get(key).name}`;
      count();
      to(nextRow(row));
      return;
    }
    cellsOf(row).forEach((one) => {
      if (one !== cell && keys.get(one.value) && keys.get(one.value).whole) { one.value = ""; word(one); }
    });
    cell.value = key;
    word(cell);
    said.textContent = `${cell.getAttribute("aria-label")} ${keys.get(key).name}`;
    count();
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
    const wanted = cell.value ? cell : cells[cells.indexOf(cell) - 1] || cell;
    const area = (rowOf(wanted) === row ? wanted : cell).dataset.area;
    details.querySelector(`fieldset[data-area="${area}"] input`).focus();
  }
  function openFoundOfLast(cell) {
    const before = cells[cells.indexOf(cell) - 1];
    openFound(!cell.value && before && before.value && cell === cellsOf(rowOf(cell))[0] ? before : cell);
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

  function told(details) {
    const n = details.querySelectorAll("input[name$='-f']:checked").length;
    const count_ = details.querySelector(".found-count");
    count_.dataset.empty = count_.dataset.empty || count_.textContent;
    count_.textContent = n ? `${n} ✓` : count_.dataset.empty;
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
    if (!event.target.matches(".mark") || event.ctrlKey || event.metaKey || event.altKey) return undefined;
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
    } else if (event.key === "Enter") {
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

  cells.forEach(word);
  form.querySelectorAll(".found").forEach((details) => { told(details); details.open = false; });
  count();
  to(cells.find((cell) => !cell.value) || cells[0]);
})();
