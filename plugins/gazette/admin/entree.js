"use strict";
/* Lets whoever opened this page in (its token stands in the page), in French, and shows what Gazette finds. */
(() => {
  const token = document.querySelector('meta[name="gazette-jeton"]').content;
  const kept = (key) => JSON.parse(localStorage.getItem(key) || "{}");
  localStorage.setItem("sveltia-cms.user", JSON.stringify({ backendName: "gitlab", token }));
  localStorage.setItem("sveltia-cms.prefs", JSON.stringify({ ...kept("sveltia-cms.prefs"), locale: "fr", closeOnSave: false }));

  const panel = document.createElement("section");
  panel.id = "gazette-constats";
  panel.setAttribute("role", "status");
  panel.setAttribute("aria-label", "Ce que Gazette en dit");
  const show = (state) => {
    panel.replaceChildren();
    const title = document.createElement("strong");
    title.textContent = state.problems.length ? "À reprendre :" : "Rien à reprendre.";
    const list = document.createElement("ul");
    for (const problem of state.problems) {
      const item = document.createElement("li");
      item.textContent = problem;
      list.append(item);
    }
    const link = document.createElement("a");
    link.href = "/";
    link.target = "_blank";
    link.textContent = "Voir le site (nouvelle fenêtre)";
    panel.append(title, ...(state.problems.length ? [list] : []), link);
    panel.classList.toggle("faute", state.problems.length > 0);
  };
  addEventListener("DOMContentLoaded", () => {
    document.body.append(panel);
    new EventSource("/_apercu/evenements").onmessage = (event) => show(JSON.parse(event.data));
  });
})();
