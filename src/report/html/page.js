"use strict";
(() => {
  const form = document.querySelector(".filter");
  if (!form) return;
  const [search, severity, rule, matches] = ["search", "severity", "rule", "matches"].map((id) => document.getElementById(id));
  const rows = [...document.querySelectorAll("#list tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      const fits = (!severity.value || row.dataset.severity === severity.value)
        && (!rule.value || row.dataset.rule === rule.value)
        && words.every((word) => texts[at].includes(word));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    matches.textContent = `${shown} of ${rows.length} findings`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
})();
