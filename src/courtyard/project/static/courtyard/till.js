/* The till's photo, stepper and running sum; without it a button sends the photo and the server adds up. */
"use strict";
(function () {
  const photo = document.getElementById("id_photo");
  if (photo) photo.addEventListener("change", function () { if (photo.files.length) photo.form.submit(); });
  const sum = document.getElementById("sum");
  const rows = Array.from(document.querySelectorAll(".goods li"));
  if (!sum) return;
  function add() {
    let points = 0, fen = 0;
    rows.forEach(function (row) {
      const pieces = Number(row.querySelector("input").value);
      if (!Number.isInteger(pieces) || pieces <= 0) return;
      points += pieces * Number(row.dataset.points);
      fen += pieces * Number(row.dataset.fen);
    });
    sum.hidden = false;
    sum.querySelector("b").textContent = String(points);
    const cash = sum.querySelector("span");
    cash.hidden = !fen;
    cash.querySelector("b").textContent = fen % 100 ? (fen / 100).toFixed(2) : String(fen / 100);
  }
  rows.forEach(function (row) {
    const input = row.querySelector("input");
    if (input.disabled) return;
    [["−", -1], ["+", 1]].forEach(function (step) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline step";
      button.textContent = step[0];
      button.setAttribute("aria-label", input.getAttribute("aria-label") + " " + step[0]);
      button.addEventListener("click", function () {
        const next = Math.min(99, Math.max(0, (Number(input.value) || 0) + step[1]));
        input.value = next ? String(next) : "";
        add();
      });
      if (step[1] < 0) input.before(button); else input.after(button);
    });
    input.addEventListener("input", add);
  });
  add();
})();
