// Counterfoils typed from paper: ten digits, then one key; the cursor goes on by itself. Nothing has a default and no
// key fills a column. Without this file the rows are plain fields.
"use strict";

(function () {
  const form = document.getElementById("counterfoils");
  if (!form) return;
  document.documentElement.classList.add("js");
  const keys = new Map(Array.from(form.querySelectorAll("[data-key]")).map((one) => [one.dataset.key, one.dataset.code]));
  const rows = Array.from(form.querySelectorAll("[data-foil]"));
  const save = document.getElementById("save");
  const left = document.querySelector(".foils-left");
  const said = document.getElementById("said");
  const serialOf = (row) => row.querySelector(".serial");
  const boxes = (row) => Array.from(row.querySelectorAll("input[type=checkbox]"));
  const box = (row, code) => boxes(row).find((one) => one.value === code);
  const bare = (text) => text.normalize("NFKC").replace(/[\s.·-]/g, "");
  const filled = (row) => bare(serialOf(row).value) !== "";

  function count() {
    const here = rows.filter(filled);
    const said = here.filter((row) => boxes(row).some((one) => one.checked));
    if (left) left.textContent = here.length ? `${said.length} / ${here.length}` : "";
  }

  function to(field) {
    if (!field) return;
    field.focus();
    field.closest("[data-foil]").scrollIntoView({ block: "nearest" });
  }

  // After a row is said: the next row's ticks where its serial stands already, else its serial.
  function next(row) {
    const following = rows[rows.indexOf(row) + 1];
    if (!following) return save.focus();
    const said = boxes(following).some((one) => one.checked);
    return to(filled(following) && !said ? boxes(following)[0] : serialOf(following));
  }

  function tick(row, code) {
    const none = box(row, "none");
    if (code === "none") boxes(row).forEach((one) => { one.checked = one === none; });
    else {
      none.checked = false;
      box(row, code).checked = true;
    }
    count();
    if (code === "received" || code === "none") next(row);
  }

  // Ten digits whose last two do not check are marked at once; the cursor stays.
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches(".serial")) {
      const digits = bare(field.value);
      const whole = digits.length === 10;
      const sound = /^[0-9]{10}$/.test(digits) && Number(digits) % 97 === 1;
      field.classList.toggle("mark-unknown", whole && !sound);
      said.textContent = whole && !sound ? `${form.dataset.unsound} ${digits}` : "";
      if (sound) to(boxes(field.closest("[data-foil]"))[0]);
    }
    count();
  });

  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type !== "checkbox" || !field.checked) return;
    const row = field.closest("[data-foil]");
    if (field.value === "none") boxes(row).forEach((one) => { one.checked = one === field; });
    else box(row, "none").checked = false;
    count();
  });

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-foil]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.target.matches(".serial") && filled(row)) to(boxes(row)[0]);
      else next(row);
      return;
    }
    const code = event.target.type === "checkbox" ? keys.get(event.key.normalize("NFKC")) : undefined;
    if (!code) return;
    event.preventDefault();
    tick(row, code);
  });

  count();
  // Where there is a keyboard the cursor waits in its place; a phone keeps its screen, and so does whoever must read first.
  if (matchMedia("(pointer: fine)").matches && !document.querySelector("[role=alert]")) {
    const first = rows.find((row) => filled(row) && !boxes(row).some((one) => one.checked));
    to(first ? boxes(first)[0] : serialOf(rows.find((row) => !filled(row)) || rows[0]));
  }
})();
