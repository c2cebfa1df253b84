// A minus and a plus beside a number at the door, as large as a thumb. Without this file the field is typed.
"use strict";

(function () {
  document.querySelectorAll(".stepper").forEach((holder) => {
    const field = holder.querySelector("input");
    const button = (sign, by) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-outline step";
      made.textContent = sign;
      made.setAttribute("aria-label", `${field.getAttribute("aria-label") || named(field)} ${sign}1`);
      made.addEventListener("click", () => {
        const most = Number(field.max);
        // Nothing is preset: the first plus is 1, the first minus one less than the most, or no place at all.
        const from = field.value === "" ? (by > 0 ? 0 : Number(holder.dataset.from)) : Number(field.value);
        field.value = String(Math.min(most, Math.max(0, from + by)));
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      return made;
    };
    holder.prepend(button("\u2212", -1));
    holder.append(button("+", 1));
  });

  function named(field) {
    const label = document.getElementById(field.getAttribute("aria-labelledby"));
    return label ? label.textContent : "";
  }
})();
