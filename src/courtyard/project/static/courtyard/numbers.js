// One rater's sheet with numbers, typed from paper: the cursor goes on by itself once no further digit could stand, else
// with Enter. No key fills a column and no mark has a default. Without this file the cells are plain fields.
"use strict";

(function () {
  const form = document.getElementById("marks");
  if (!form) return;
  document.documentElement.classList.add("js");
  const labels = new Map(), wholes = new Map();
  form.querySelectorAll("[data-label][data-key]").forEach((item) => labels.set(item.dataset.key, item.dataset.name));
  form.querySelectorAll("[data-whole]").forEach((item) => wholes.set(item.dataset.key, item.dataset.name));
  const refused = form.querySelector("[data-declined]");
  const declined = refused ? refused.dataset.declined : "";
  const rows = Array.from(form.querySelectorAll("[data-row]"));
  const cells = rows.flatMap((row) => Array.from(row.querySelectorAll(".mark")));
  const said = document.getElementById("said");
  const save = document.getElementById("save");
  const left = document.querySelector(".marks-left");

  const rowOf = (cell) => cell.closest("[data-row]");
  const cellsOf = (row) => Array.from(row.querySelectorAll(".mark"));
  const mates = (cell) => cellsOf(rowOf(cell)).filter((one) => one.dataset.area === cell.dataset.area);
  const counted = (cell) => cell.dataset.marks === "findings" && Array.from(
    rowOf(cell).querySelectorAll(`fieldset[data-area="${cell.dataset.area}"] .places`)).some((one) => Number(one.value) > 0);

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

  function count() {
    const full = rows.filter((row) => cellsOf(row).every((cell) => cell.value || counted(cell))).length;
    if (left) left.textContent = `${full} / ${left.dataset.of}`;
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
  const before = (cell) => cells[cells.indexOf(cell) - 1];

  function tell(cell, word) {
    said.textContent = `${cell.getAttribute("aria-label")} ${word}`;
  }

  function put(group, text) {
    group.forEach((one) => { one.value = text; show(one); });
    count();
    to(after(group[group.length - 1]));
  }

  function typed(cell) {
    cell.value = cell.value.normalize("NFKC").replace(/\s/g, "");
    const text = cell.value;
    if (!text) {
      show(cell);
      count();
      return;
    }
    if (!show(cell)) {
      said.textContent = `${form.dataset.unknown}:${text}`;
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
    count();
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

  function told(details) {
    const ticked = details.querySelectorAll("input[name$='-f']:checked").length;
    const places = Array.from(details.querySelectorAll(".places")).reduce((sum, one) => sum + Number(one.value || 0), 0);
    const count_ = details.querySelector(".found-count");
    count_.dataset.empty = count_.dataset.empty || count_.textContent;
    count_.textContent = ticked + places ? `${ticked + places} \u2713` : count_.dataset.empty;
  }

  function foundKey(event) {
    const details = event.target.closest(".found");
    if (event.key !== "Escape" && (event.key !== "Enter" || event.target.tagName === "SUMMARY")) return;
    event.preventDefault();
    details.open = false;
    const open = back || cellsOf(rowOf(details))[0];
    if (counted(open) && !open.value) { open.value = "1"; show(open); }
    count();
    to(after(open) && open.value ? after(open) : open);
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches(".mark")) typed(event.target);
    const details = event.target.closest(".found");
    if (details) { told(details); count(); }
  });
  form.addEventListener("keydown", (event) => {
    if (event.target.closest(".found")) return foundKey(event);
    if (!event.target.matches(".mark") || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const cell = event.target, at = cells.indexOf(cell), across = cellsOf(rowOf(cell)).length;
    const moves = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - across, ArrowDown: at + across };
    const letter = event.key.toLowerCase() === "f" && cell.dataset.marks !== "labels";
    if (event.key in moves) {
      event.preventDefault();
      if (cells[moves[event.key]]) to(cells[moves[event.key]]);
    } else if (event.key === "Backspace" && !cell.value && at > 0) {
      event.preventDefault();
      to(cells[at - 1]);
    } else if (event.key === "." && !cell.value && before(cell) && /^[0-9]+$/.test(before(cell).value)) {
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

  cells.forEach(show);
  form.querySelectorAll(".found").forEach((details) => { told(details); details.open = false; });
  count();
  to(cells.find((cell) => !cell.value) || cells[0]);
})();
