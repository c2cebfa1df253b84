// One rater's sheet with numbers, typed from paper: the cursor goes on by itself once no further digit could stand, else
// with Enter. No key fills a column and no mark has a default. Without this file the cells are plain fields.
"use strict";

(function () {
  const form = document.getElementById("marks");
  if (!form) return;
  const { rowOf, cellsOf, after, before, to, tell, unknown, count, typing, walked, told, begin } = window.sheetCells(form);
  const labels = new Map(), wholes = new Map();
  form.querySelectorAll("[data-label][data-key]").forEach((item) => labels.set(item.dataset.key, item.dataset.name));
  form.querySelectorAll("[data-whole]").forEach((item) => wholes.set(item.dataset.key, item.dataset.name));
  const refused = form.querySelector("[data-declined]");
  const declined = refused ? refused.dataset.declined : "";
  const mates = (cell) => cellsOf(rowOf(cell)).filter((one) => one.dataset.area === cell.dataset.area);
  const counted = (cell) => cell.dataset.marks === "findings" && Array.from(
    rowOf(cell).querySelectorAll(`fieldset[data-area="${cell.dataset.area}"] .places`)).some((one) => Number(one.value) > 0);
  const full = (row) => cellsOf(row).every((cell) => cell.value || counted(cell));

  // What a cell says: a word to show beside it, null where it is no mark of this cell.
  function meaning(cell, text) {
    if (wholes.has(text)) return wholes.get(text);
    if (text === declined && cell.dataset.consent) return refused.dataset.name.replace(/[((].*$/, "");
    if (text === "/" && cell.dataset.optional) return "\u2014";
    if (cell.dataset.marks === "labels") return labels.has(text) ? labels.get(text) : null;
    if (cell.dataset.marks === "findings") return text === "1" ? "\u2713" : null;
    if (!/^[0-9]+(\.[0-9]{0,3})?$/.test(text) || Number(text) > Number(cell.dataset.most)) return null;
    return "";
  }

  // Whether no further digit could follow: 9 of 10 points is whole at once, 1 may become 10.
  function whole(cell, text) {
    if (cell.dataset.marks !== "scores" || !/^[0-9.]+$/.test(text)) return true;
    if (text.includes(".")) return /\.[0-9]{3}$/.test(text);
    return text === "0" || Number(text) * 10 > Number(cell.dataset.most);
  }

  function show(cell) {
    const word = cell.value ? meaning(cell, cell.value) : "";
    cell.nextElementSibling.textContent = word || "";
    cell.classList.toggle("mark-unknown", word === null);
    return word !== null;
  }

  function put(group, text) {
    group.forEach((one) => { one.value = text; show(one); });
    count(full);
    to(after(group[group.length - 1]));
  }

  function typed(cell) {
    cell.value = cell.value.normalize("NFKC").replace(/\s/g, "");
    const text = cell.value;
    if (!text) {
      show(cell);
      count(full);
      return;
    }
    if (!show(cell)) {
      unknown(text);
      cell.select();
      return;
    }
    if (wholes.has(text)) {
      tell(cell, wholes.get(text));
      put(cellsOf(rowOf(cell)), text);
      return;
    }
    cellsOf(rowOf(cell)).filter((one) => wholes.has(one.value)).forEach((one) => { one.value = ""; show(one); });
    if (text === declined) {
      tell(cell, meaning(cell, text));
      put(mates(cell), text);
      return;
    }
    count(full);
    if (whole(cell, text)) {
      tell(cell, meaning(cell, text) || text);
      to(after(cell));
    }
  }

  // What was seen: F opens the list beside the home at this area; Enter goes back to the sheet.
  let back = null;
  function openFound(cell) {
    const details = rowOf(cell).querySelector(".found");
    const field = details.querySelector(`fieldset[data-area="${cell.dataset.area}"] input`);
    if (!field) return;
    back = cell;
    details.open = true;
    field.focus();
  }

  function foundKey(event) {
    const details = event.target.closest(".found");
    if (event.key !== "Escape" && (event.key !== "Enter" || event.target.tagName === "SUMMARY")) return;
    event.preventDefault();
    details.open = false;
    const open = back || cellsOf(rowOf(details))[0];
    if (counted(open) && !open.value) { open.value = "1"; show(open); }
    count(full);
    to(after(open) && open.value ? after(open) : open);
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches(".mark")) typed(event.target);
    const details = event.target.closest(".found");
    if (details) { told(details); count(full); }
  });
  form.addEventListener("keydown", (event) => {
    if (event.target.closest(".found")) return foundKey(event);
    if (!typing(event) || walked(event)) return undefined;
    const cell = event.target;
    const letter = event.key.toLowerCase() === "f" && cell.dataset.marks !== "labels";
    if (event.key === "." && !cell.value && before(cell) && /^[0-9]+$/.test(before(cell).value)) {
      // The cursor went on by itself, but a decimal follows: it goes back to the number it belongs to.
      event.preventDefault();
      before(cell).value += ".";
      before(cell).focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (show(cell)) to(after(cell));
    } else if (letter) {
      event.preventDefault();
      openFound(!cell.value && before(cell) && before(cell).value && rowOf(before(cell)) === rowOf(cell) ? before(cell) : cell);
    }
    return undefined;
  });

  count(full);
  begin(show);
})();
