"use strict";
(() => {
  const box = document.getElementById("raccourcis");
  const store = window.sessionStorage;
  box.checked = store.getItem("raccourcis") !== "non";
  box.addEventListener("change", () => store.setItem("raccourcis", box.checked ? "oui" : "non"));
  const near = (step) => {
    const links = [...document.querySelectorAll(".file li a")];
    const here = links.findIndex((link) => link.hasAttribute("aria-current"));
    const next = links[Math.min(Math.max(here + step, 0), links.length - 1)];
    if (next && !next.hasAttribute("aria-current")) next.click();
  };
  const reach = (id) => document.getElementById(id)?.focus();
  const keys = {
    j: () => near(1),
    k: () => near(-1),
    a: () => reach("accepter"),
    r: () => reach("motif"),
    c: () => {
      const text = document.getElementById("correction");
      if (text) { text.open = true; reach("texte"); }
    },
    o: () => { const help = document.getElementById("aide"); help.open = !help.open; },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing || !box.checked || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
