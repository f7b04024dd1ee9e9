// The search of an edition: the engine is fetched at the first question, and everything stays in this browser.
// What is asked stands in the address, nowhere else: it can be kept, sent, and gone back to.
const PAGE = 10;
const form = document.querySelector("form.chercher");
const status = document.querySelector(".trouve");
const list = document.querySelector(".trouvailles");
const more = document.querySelector(".plus");
const { moteur, racine, annees, vides } = form.dataset;
const years = annees.split(" ");
const root = new URL(racine, location.href).href;
const base = new URL(moteur, location.href).pathname;

// As the index was prepared (press/search.py): elisions parted, ligatures written out, empty words left out.
const empty = new Set(vides.split(" "));
const parted = (text) => text.replace(/œ/g, "oe").replace(/Œ/g, "Oe").replace(/æ/g, "ae").replace(/Æ/g, "Ae")
  .replace(/(^|[^\p{L}\p{N}])((?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’'])(?=[\p{L}\p{N}])/giu, "$1$2 ");
const prepared = (text) => parted(text).split(/[\s’']+/)
  .filter((word) => !/^\p{L}?$/u.test(word) && !empty.has(word.toLowerCase())).join(" ");

let engine;
function load() {
  engine ||= (async () => {
    const made = await import(`${base}${years[0]}/pagefind.js`);
    await made.options({ excerptLength: 26 });
    await made.init();
    const facets = {};
    await Promise.all(years.map(async (year, rank) => {
      if (rank) { await made.mergeIndex(`${base}${year}/`); }
      const rows = await (await fetch(`${base}${year}/facettes.json`)).json();
      for (const id in rows) { facets[id] = [year, ...rows[id]]; }
    }));
    return { search: (text) => made.search(text), facets };
  })();
  return engine;
}

const asked = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));

function fits(facet, { fil, cycle, ecole, annee }) {
  const [year, fils, cycles, schools] = facet;
  return (!annee || annee === year) && (!fil || fils.includes(fil)) && (!ecole || schools.includes(ecole))
    && (!cycle || !cycles.length || cycles.includes(Number(cycle)));
}

// The engine offers the nearest words when a year has not the one asked for (« affiche » for « affelnet »): told
// by the first answer of that year, since it is so for all of them.
const folded = (text) => text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
function means(sought, said) {
  let same = 0;
  while (same < sought.length && sought[same] === said[same]) { same += 1; }
  return same > 0 && same >= Math.min(sought.length, said.length, Math.max(4, Math.ceil(sought.length / 2)));
}

async function meant(results, words, facets) {
  const sought = words.split(" ").map(folded);
  const firsts = years.map((year) => results.find((one) => facets[one.id]?.[0] === year));
  const kept = await Promise.all(firsts.map(async (first) => {
    if (!first) { return false; }
    const { raw_content: text, locations } = await first.data();
    const all = text.split(/\s+/);
    const said = locations.map((place) => folded(all[place] ?? ""));
    return sought.every((word) => said.some((one) => means(word, one)));
  }));
  return results.filter((one) => kept[years.indexOf(facets[one.id]?.[0])]);
}

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) { made.className = kind; }
  return made;
}

// The index keeps plain spaces: those that French binds to a sign are set again.
function bound(text) {
  return text.replace(/ (?=[:;!?»](?:\s|$))|(?<=«) /g, "\u202f");
}

// Excerpts are built as text: only the words found are marked.
function excerpt(html) {
  const words = element("p", "", "resume");
  const plain = (text) => bound(text).replace(/\u203f/g, "").replace(/([’'])\s/g, "$1").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  html.replace(/^[\s·:;,.!?»)]+/, "").split(/<mark>(.*?)<\/mark>/).forEach((part, rank) => {
    words.append(rank % 2 ? element("mark", plain(part)) : plain(part));
  });
  return words;
}

function card({ raw_url: url, meta, excerpt: html }) {
  const item = document.createElement("li");
  const article = element("article", "", "carte");
  const title = document.createElement("h2");
  const link = element("a", bound(meta.titre));
  link.href = new URL(url, root).href;
  title.append(link);
  const facts = element("p", "", "faits");
  const fil = form.fil.querySelector(`option[value="${meta.fil}"]`);
  if (fil) { facts.append(element("span", fil.textContent)); }
  if (meta.jour) {
    const day = new Date(`${meta.jour.slice(0, 10)}T12:00:00`);
    const time = element("time", day.toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" }));
    time.dateTime = meta.jour;
    facts.append(time);
  }
  if (meta.public) { facts.append(element("span", meta.public, "public")); }
  article.append(title, facts, excerpt(html));
  item.append(article);
  return item;
}

let turn = 0;
let found = [];
async function show() {
  const mine = turn;
  const start = list.children.length;
  const cards = await Promise.all(found.slice(start, start + PAGE).map((one) => one.data()));
  if (mine !== turn) { return; }
  list.append(...cards.map(card));
  list.hidden = !found.length;
  more.hidden = list.children.length >= found.length;
}

async function answer() {
  const question = asked();
  const mine = ++turn;
  const kept = new URLSearchParams(Object.entries(question).filter(([, value]) => value));
  history.replaceState(null, "", kept.size ? `?${kept}` : location.pathname);
  const sought = prepared(question.q);
  if (!sought) {
    status.textContent = question.q ? "Cherchez un mot plus précis." : "";
    list.hidden = more.hidden = true;
    return;
  }
  status.textContent = "Recherche en cours…";
  try {
    const { search, facets } = await load();
    const results = await meant((await search(sought)).results, sought, facets);
    if (mine !== turn) { return; }
    found = results.filter((one) => fits(facets[one.id], question));
  } catch {
    status.textContent = "La recherche n’a pas pu démarrer. Cherchez dans les titres, plus bas.";
    list.hidden = more.hidden = true;
    engine = undefined;
    return;
  }
  list.replaceChildren();
  await show();
  if (mine !== turn) { return; }
  const narrowed = question.fil || question.cycle || question.ecole || question.annee;
  status.textContent = found.length > 1 ? `${found.length} réponses` : found.length ? "Une réponse"
    : `Aucune réponse pour « ${question.q} »${narrowed ? " avec ces choix" : ""}. Essayez un mot plus court, ou les titres, plus bas.`;
}

const parameters = new URLSearchParams(location.search);
for (const field of form.elements) {
  if (field.name && parameters.get(field.name)) { field.value = parameters.get(field.name); }
}
let wait;
form.q.addEventListener("input", () => load().catch(() => { engine = undefined; }), { once: true });
form.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(answer, 250); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(wait); answer(); });
// From the question to the answers and back with the arrows; Tab does it too.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [form.q, ...list.querySelectorAll("h2 a")];
  const rank = stops.indexOf(document.activeElement);
  if (!step || rank < 0 || list.hidden || event.altKey || event.ctrlKey || event.metaKey) { return; }
  event.preventDefault();
  stops[Math.min(Math.max(rank + step, 0), stops.length - 1)].focus();
});
more.querySelector("button").addEventListener("click", async () => {
  const next = list.children.length;
  await show();
  list.children[next]?.querySelector("a").focus();
});
form.hidden = false;
if (form.q.value) { answer(); }
