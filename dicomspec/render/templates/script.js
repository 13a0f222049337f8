"use strict";
// Comforts only: without this script everything is there and can be read.

const every = (selector, root = document) => Array.from(root.querySelectorAll(selector));

// Filters: rows that hold every word and are of the chosen kind stay.
for (const tools of every("[data-for]")) {
  const rows = Array.from(document.getElementById(tools.dataset.for).children);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const [search, select, status] = ["input", "select", "p"].map((name) => tools.querySelector(name));
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/);
    let shown = 0;
    rows.forEach((row, index) => {
      const kind = !select.value || row.dataset.kind === select.value;
      row.hidden = !(kind && words.every((word) => texts[index].includes(word)));
      shown += row.hidden ? 0 : 1;
    });
    status.textContent = `${shown} of ${rows.length} ${tools.dataset.noun} shown`;
  };
  search.addEventListener("input", apply);
  select.addEventListener("change", apply);
  tools.hidden = rows.length < 5;
}

// Fold and unfold the Modules of an instance, or hide what is in order.
for (const tools of every("[data-outline]")) {
  const outline = tools.parentElement;
  for (const button of every("button", tools)) {
    button.addEventListener("click", () => {
      for (const details of every("details", outline)) details.open = button.dataset.fold === "open";
    });
  }
  const tidy = tools.querySelector("input");
  tidy.addEventListener("change", () => outline.classList.toggle("tidy", tidy.checked));
  tools.hidden = false;
}

// A link to something folded unfolds it.
const reveal = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let each = target; each; each = each.parentElement) if (each.localName === "details") each.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

// On paper nothing that matters is folded.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = every("details.relevant:not([open])");
  for (const details of unfolded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});
