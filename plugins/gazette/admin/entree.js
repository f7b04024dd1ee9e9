"use strict";
/* Lets whoever opened this page in (its token stands in the page), in French, and tells what Gazette finds in the text
   that is open: the editor's own rules first, which must be met before it saves anything. */
(() => {
  const token = document.querySelector('meta[name="gazette-jeton"]').content;
  const kept = (key) => JSON.parse(localStorage.getItem(key) || "{}");
  localStorage.setItem("sveltia-cms.user", JSON.stringify({ backendName: "gitlab", token }));
  localStorage.setItem("sveltia-cms.prefs", JSON.stringify({ ...kept("sveltia-cms.prefs"), locale: "fr", closeOnSave: false }));

  const panel = document.createElement("section");
  panel.id = "gazette-constats";
  panel.setAttribute("role", "status");
  panel.setAttribute("aria-label", "Ce que Gazette en dit");
  let state = { said: [] };

  const made = (name, text, inner = []) => {
    const element = document.createElement(name);
    if (text) { element.textContent = text; }
    element.append(...inner);
    return element;
  };
  const opened = () => {
    /* The folder and the name of the text in the editor; null in a list, or for one never saved. */
    const found = location.hash.match(/^#\/collections\/([^/]+)\/entries\/([^?]+)/);
    return found && `${found[1].replace(/-simples$/, "")}/${decodeURIComponent(found[2]).replace(/\/index$/, "")}`;
  };
  const isOf = (problem, text) => problem.fichier === `${text}.md` || problem.fichier.startsWith(`${text}/`);
  const list = (problems, isOwn) => made("ul", "", problems.map((one) => {
    const item = made("li");
    const where = isOwn ? one.champ : one.fichier.replace(/(\/index)?\.md$/, "");
    if (where) { item.append(made("b", where), " : "); }
    item.append(`${one.message}. ${one.remede.slice(0, 1).toUpperCase()}${one.remede.slice(1)}.`);
    return item;
  }));
  const show = () => {
    const text = opened();
    const own = text ? state.said.filter((one) => isOf(one, text)) : [];
    const others = state.said.filter((one) => !own.includes(one));
    const isUnmet = document.querySelector('[aria-invalid="true"]') !== null;
    const parts = [];
    if (isUnmet) {
      parts.push(made("strong", "Pas encore enregistré : il manque ce que l’éditeur montre en rouge."));
    } else if (own.length) {
      parts.push(made("strong", "À reprendre dans ce texte :"), list(own, true));
    } else if (text) {
      parts.push(made("strong", "Rien à reprendre dans ce texte."));
    } else {
      const isNew = location.hash.endsWith("/new");
      parts.push(made("strong", isNew ? "Enregistrez : Gazette dira ce qu’il faut reprendre." : "Choisissez un texte, ou créez-en un."));
    }
    const link = made("a", text ? "Voir la page (nouvelle fenêtre)" : "Voir le site (nouvelle fenêtre)");
    link.href = text ? `/_apercu/texte/${text.split("/").map(encodeURIComponent).join("/")}` : "/";
    link.target = "_blank";
    if (!isUnmet) { parts.push(link); }
    if (others.length) {
      const count = others.length === 1 ? "1 remarque" : `${others.length} remarques`;
      parts.push(made("details", "", [made("summary", `Ailleurs sur le site : ${count}`), list(others, false)]));
    }
    const isOpen = panel.querySelector("details")?.open;
    panel.replaceChildren(...parts);
    if (isOpen && panel.querySelector("details")) { panel.querySelector("details").open = true; }
    panel.classList.toggle("attente", isUnmet || !text);
    panel.classList.toggle("faute", !isUnmet && own.length > 0);
  };
  addEventListener("DOMContentLoaded", () => {
    document.body.append(panel);
    const invalid = () => `${location.hash}${document.querySelector('[aria-invalid="true"]') !== null}`;
    let last = "";
    const look = () => {
      if (invalid() !== last) { last = invalid(); show(); }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, attributeFilter: ["aria-invalid"], childList: true });
    addEventListener("hashchange", look);
    new EventSource("/_apercu/evenements").onmessage = (event) => { state = JSON.parse(event.data); show(); };
  });
})();
