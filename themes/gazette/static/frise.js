// The overview of the frise, made lively: zoom, filters, one stop of the keyboard. The page works without it, and the
// address is its only memory: « ?vue=periode-2&sans=projets&ecole=…#e-… ».
(function () {
  "use strict";

  // Who prints knows the day; on the poster, which has no controls, it is all there is to do.
  addEventListener("beforeprint", () => {
    document.querySelectorAll(".imprime").forEach((told) => {
      told.textContent = "imprimé le " + new Date().toLocaleDateString("fr-FR", { dateStyle: "long" });
    });
  });
  const form = document.querySelector(".vue form");
  if (!form) { return; }
  const view = form.closest(".vue");
  const svg = view.querySelector(".trace");
  const said = view.querySelector(".dit");
  const SPACE = "http://www.w3.org/2000/svg";
  const HEAD = 34, TITLE = 20, ROW = 14, TARGET = 24, LETTER = 6.9, LONGEST = 42, SHORTEST = 16;
  const DAY = 864e5;
  const first = Date.parse(svg.dataset.debut), days = Number(svg.dataset.jours);
  const since = (text) => Math.round((Date.parse(text) - first) / DAY);
  const today = svg.querySelector(".aujourd") || mark_today();
  const now = today ? parseFloat(today.getAttribute("x1")) * days / 100 : -1;
  const words = (item, name) => (item.dataset[name] || "").split(" ").filter(Boolean);
  const boxes = [...form.querySelectorAll("[name=fil]")];
  const titles = [...svg.querySelectorAll(".pistes text")];
  const select = form.elements.vue;
  const number = (line, name) => parseFloat(line.getAttribute(name)) * days / 100;

  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "13px " + getComputedStyle(svg).fontFamily;
  const marks = [...svg.querySelectorAll(".marques a")].map((link) => {
    const item = document.getElementById(link.getAttribute("href").slice(1));
    const line = link.querySelector("line");
    const label = document.createElementNS(SPACE, "text");
    label.setAttribute("aria-hidden", "true");
    const title = item.querySelector(".quoi > :last-child").textContent;
    return {
      link, item, line, label, title, letter: Math.max(LETTER, pen.measureText(title).width / title.length), fils: words(item, "fils"), cycles: words(item, "cycles"), ecoles: words(item, "ecoles"),
      from: Math.floor(number(line, "x1")), to: Math.ceil(number(line, "x2")), is_shown: true, is_drawn: true, track: 0, at: [0, 0, 0],
    };
  });

  const ranges = [...select.options].map((option, rank, all) => {
    const scale = option.value === "annee" ? "annee" : option.value.startsWith("periode") ? "periode" : "mois";
    const next = all[rank + 1];
    const end = option.dataset.au ? since(option.dataset.au) + 1 : next ? since(next.dataset.du) : days;
    return { scale, value: option.value, title: option.textContent, from: since(option.dataset.du), to: Math.min(end, days) };
  });
  const range = () => ranges[select.selectedIndex];

  // What does not change is left alone: a browser lays out again for each attribute that is set.
  function set(node, facts) {
    for (const name in facts) {
      const value = String(facts[name]);
      if (node.getAttribute(name) !== value) { node.setAttribute(name, value); }
    }
  }
  const holders = [...document.querySelectorAll(".jours > li, .mois")]
    .map((node) => ({ node, items: [...node.querySelectorAll(".evenement")] })).filter((one) => one.items.length);

  const counters = [...document.querySelectorAll(".nombre")].map((node) => {
    const link = node.closest("a"), within = link ? document.getElementById(link.hash.slice(1)).parentNode : node.closest("details") || document;
    return { node, items: [...within.querySelectorAll(".jours .evenement")] };
  });
  const none = document.querySelector(".aucune");

  // A page that is not printed again each day leaves today to the reader's clock.
  function mark_today() {
    const day = since(new Date().toLocaleDateString("sv"));
    if (day < 0 || day >= days) { return null; }
    const line = document.createElementNS(SPACE, "line"), x = (day + .5) * 100 / days + "%";
    set(line, { class: "aujourd", x1: x, x2: x, y1: 20, stroke: "currentColor", "stroke-width": 2, "aria-hidden": true });
    svg.insertBefore(line, svg.querySelector(".marques"));
    view.querySelector(".jour-meme").hidden = false;
    return line;
  }

  // What is asked, in the form and in the address.
  function read() {
    const asked = new URLSearchParams(location.search);
    const without = (asked.get("sans") || "").split(",");
    boxes.forEach((box) => { box.checked = !asked.has("sans") || !without.includes(box.value || "-"); });
    ["cycle", "ecole"].forEach((name) => { if (form.elements[name]) { choose(form.elements[name], asked.get(name) || ""); } });
    choose(select, asked.get("vue") || "annee");
  }
  function choose(list, value) { list.value = value; if (list.selectedIndex < 0) { list.selectedIndex = 0; } }
  function write() {
    const asked = new URLSearchParams();
    if (range().scale !== "annee") { asked.set("vue", range().value); }
    const without = boxes.filter((box) => !box.checked).map((box) => box.value || "-");
    if (without.length) { asked.set("sans", without.join(",")); }
    ["cycle", "ecole"].forEach((name) => {
      if (form.elements[name] && form.elements[name].value) { asked.set(name, form.elements[name].value); }
    });
    const query = String(asked).replace(/%2C/g, ",");
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  // What is kept: in the list too, so that both always tell the same.
  function filter() {
    const cycle = form.elements.cycle ? form.elements.cycle.value : "";
    const ecole = form.elements.ecole ? form.elements.ecole.value : "";
    const on = boxes.map((box) => box.checked);
    marks.forEach((mark) => {
      const own = boxes.map((box) => box.value ? mark.fils.includes(box.value) : !mark.fils.some(known));
      mark.track = Math.max(0, own.findIndex((is, rank) => is && on[rank]));
      mark.is_shown = (!boxes.length || own.some((is, rank) => is && on[rank]))
        && (!cycle || mark.cycles.includes(cycle)) && (!ecole || mark.ecoles.includes(ecole));
      if (mark.item.hidden === mark.is_shown) { mark.item.hidden = !mark.is_shown; }
    });
    holders.forEach(({ node, items }) => {
      const is_hidden = items.every((item) => item.hidden);
      if (node.hidden !== is_hidden) { node.hidden = is_hidden; }
    });
    counters.forEach(({ node, items }) => {
      const count = items.filter((item) => !item.hidden).length, words = count + "\u00a0" + (count > 1 ? "dates" : "date");
      if (node.textContent !== words) { node.textContent = words; }
    });
    none.hidden = marks.some((mark) => mark.is_shown);
  }
  function unfilter() {
    boxes.forEach((box) => { box.checked = true; });
    ["cycle", "ecole"].forEach((name) => { if (form.elements[name]) { form.elements[name].value = ""; } });
    filter(); write(); refresh();
  }
  function known(fil) { return boxes.some((box) => box.value === fil); }

  // Where each mark stands: the highest free row of its track, counting its words where there is room for them.
  function draw(width, within) {
    const { from, to } = within, scale = width / (to - from);
    const is_told = within.scale === "mois" || within.scale === "periode" && width > 480;
    const tall = is_told ? TARGET : ROW;
    const percent = (day) => Math.round((day - from) / (to - from) * 1e4) / 100 + "%";
    let row = 0;
    titles.forEach((title, track) => {
      const is_on = !boxes.length || boxes[track].checked;
      title.setAttribute("display", is_on ? "inline" : "none");
      if (is_on) { title.setAttribute("y", HEAD + row + 14); row += TITLE; }
      const free = [];
      marks.forEach((mark) => {
        if (mark.track !== track) { return; }
        mark.is_drawn = is_on && mark.is_shown && mark.from < to && mark.to > from;
        set(mark.link, { display: mark.is_drawn ? "inline" : "none" });
        if (!mark.is_drawn) { return; }
        const begin = (Math.max(mark.from, from) - from) * scale, end = (Math.min(mark.to, to) - from) * scale;
        const { side, words } = is_told ? beside_mark(mark, begin, end, width) : { side: "", words: 0 };
        const left = (side === "left" ? begin - 14 - words : begin) - 5;
        const right = side === "right" ? end + 7 + words : side === "under" ? Math.max(end + 7, begin + words) : end + 7;
        const high = side === "under" ? [0, 1] : [0];
        const is_free = (rank) => (free[rank] || []).every((span) => right <= span[0] || left >= span[1]);
        let rank = free.findIndex((_, first) => high.every((more) => is_free(first + more)));
        if (rank < 0) { rank = free.length; }
        high.forEach((more) => { (free[rank + more] = free[rank + more] || []).push([left, right]); });
        mark.at = [begin, end, HEAD + row + rank * tall + 5];
        place(mark, within, mark.at[2], side, percent);
      });
      if (is_on) { row += Math.max(1, free.length) * tall; }
    });
    frame(HEAD + row + 4, within, percent, scale);
  }
  // Where the words of a mark stand: on the side that has room for them, else on the next row, cut to what fits.
  function beside_mark(mark, begin, end, width) {
    const size = (letters) => letters * mark.letter + 16, longest = width > 900 ? 1.6 * LONGEST : LONGEST;
    const wanted = size(Math.min(mark.title.length, longest));
    const side = end + 14 + wanted <= width ? "right" : begin - 14 - wanted >= 0 ? "left"
      : end + 14 + size(SHORTEST) <= width && width - end > begin ? "right" : begin - 14 >= size(SHORTEST) ? "left" : "under";
    const room = side === "right" ? width - end - 14 : side === "left" ? begin - 14 : width - begin;
    const letters = Math.min(longest, Math.floor((room - 16) / mark.letter));
    mark.label.textContent = mark.title.length > letters ? mark.title.slice(0, letters - 2).trim() + "…" : mark.title;
    return { side, words: size(mark.label.textContent.length) };
  }
  function place(mark, within, y, side, percent) {
    const from = Math.max(mark.from, within.from) + .2, to = Math.min(mark.to, within.to) - .2;
    set(mark.line, { x1: percent(from), x2: percent(Math.max(from + .01, to)), y1: y, y2: y });
    if (!side) { mark.label.remove(); return; }
    set(mark.label, { x: percent(side === "right" ? to : from), y: y + (side === "under" ? TARGET + 1 : 4),
      dx: side === "left" ? -10 : side === "right" ? 10 : 0,
      "text-anchor": side === "left" ? "end" : "start" });
    if (!mark.label.parentNode) { mark.link.append(mark.label); }
  }

  // Months, or weeks, or days behind the marks, and how high it all is.
  function frame(height, within, percent, scale) {
    const { from, to } = within;
    set(svg, { height });
    const axis = svg.querySelector(".axe");
    const ticks = [];
    for (let day = from; day < to; day += 1) {
      const date = new Date(first + day * DAY);
      const is_month = date.getUTCDate() === 1, is_week = date.getUTCDay() === 1;
      if (within.scale === "annee" ? is_month : within.scale === "periode" ? is_week : is_week || scale > 22) { ticks.push([day, date]); }
    }
    const how = within.scale === "annee" ? { month: scale < 1.2 ? "narrow" : "short" } : within.scale === "periode" || scale < 22 ? { day: "numeric", month: scale < 12 ? "numeric" : "short" } : { weekday: "narrow", day: "numeric" };
    const words = new Intl.DateTimeFormat("fr-FR", Object.assign({ timeZone: "UTC" }, how));
    axis.replaceChildren(...ticks.flatMap(([day, date]) => {
      const line = document.createElementNS(SPACE, "line"), text = document.createElementNS(SPACE, "text");
      set(line, { x1: percent(day), x2: percent(day), y2: height, stroke: "currentColor", "stroke-opacity": date.getUTCDay() === 1 || within.scale === "annee" ? .22 : .1 });
      set(text, { x: percent(day), dx: 3, y: 14 });
      text.textContent = words.format(date);
      return [line, text];
    }));
    svg.querySelectorAll(".conge rect").forEach((band) => {
      const begin = Math.max(Number(band.dataset.from), from), end = Math.min(Number(band.dataset.to), to);
      set(band, end > begin ? { x: percent(begin), width: percent(from + end - begin), height: height - 22, display: "inline" } : { display: "none" });
    });
    if (today) { set(today, { x1: percent(now), x2: percent(now), y2: height, display: now >= from && now < to ? "inline" : "none" }); }
  }

  function tell() {
    const drawn = marks.filter((mark) => mark.is_drawn).length;
    form.querySelector(".compte").textContent = range().title + " : " + (drawn > 1 ? drawn + " dates" : drawn + " date");
    form.elements.echelle.value = range().scale;
    form.elements.avant.disabled = !beside(-1);
    form.elements.apres.disabled = !beside(1);
    const here = marks.filter((mark) => mark.is_drawn);
    const current = here.find((mark) => mark.link === document.activeElement) || here.find((mark) => mark.to > now) || here[0];
    marks.forEach((mark) => set(mark.link, { tabindex: mark === current ? 0 : -1 }));
  }
  function refresh() { draw(svg.clientWidth, range()); tell(); }

  // Zoom.
  function beside(step) {
    const rank = select.selectedIndex + step;
    return ranges[rank] && ranges[rank].scale === range().scale && range().scale !== "annee" ? ranges[rank] : null;
  }
  function show(wanted) { if (wanted) { select.value = wanted.value; write(); refresh(); } }
  function middle() {
    const { from, to } = range();
    const focused = marks.find((mark) => mark.link === document.activeElement);
    return focused ? focused.from : now >= from && now < to ? now : from;
  }
  function zoom(scale, day) {
    const found = ranges.filter((one) => one.scale === scale);
    show(found.find((one) => day < one.to) || found[found.length - 1]);
  }
  const SCALES = ["annee", "periode", "mois"];
  function closer(step, day) {
    const scale = SCALES[SCALES.indexOf(range().scale) + step];
    if (scale) { zoom(scale, day); }
  }

  // The keyboard: one stop, then arrows.
  function go(mark) {
    if (!mark) { return; }
    marks.forEach((one) => set(one.link, { tabindex: one === mark ? 0 : -1 }));
    mark.link.focus({ preventScroll: false });
  }
  function step(mark, by) {
    const shown = marks.filter((one) => one.is_shown), next = shown[shown.indexOf(mark) + by];
    if (next && !next.is_drawn) { zoom(range().scale, next.from); }
    go(next);
  }
  function aside(mark, by) {
    const here = marks.filter((one) => one.is_drawn && (by > 0 ? one.track > mark.track : one.track < mark.track));
    const track = here.reduce((best, one) => best === null || (by > 0 ? one.track < best : one.track > best) ? one.track : best, null);
    const far = (one) => Math.abs(one.from - mark.from);
    go(here.filter((one) => one.track === track).sort((a, b) => far(a) - far(b))[0]);
  }
  svg.addEventListener("keydown", (event) => {
    const mark = marks.find((one) => one.link === event.target.closest("a"));
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) { return; }
    const here = marks.filter((one) => one.is_drawn);
    const keys = {
      ArrowRight: () => step(mark, 1), ArrowLeft: () => step(mark, -1), ArrowDown: () => aside(mark, 1), ArrowUp: () => aside(mark, -1),
      Home: () => go(here[0]), End: () => go(here[here.length - 1]),
      "+": () => { closer(1, mark.from); go(mark); }, "-": () => { closer(-1, mark.from); go(mark); },
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  // The mouse and the finger.
  const QUIET = said.textContent + " Au clavier : les flèches passent de l’une à l’autre, + et − changent d’échelle.";
  // A mark is thin: the nearest one answers within a target's reach (WCAG 2.5.8); closer, each has it for itself.
  function near(event) {
    const box = svg.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    const far = ([from, to, line]) => [Math.max(from - x, x - to, 0), Math.abs(line - y)];
    return marks.filter((mark) => mark.is_drawn && Math.max(...far(mark.at)) <= TARGET / 2)
      .sort((a, b) => Math.hypot(...far(a.at)) - Math.hypot(...far(b.at)))[0];
  }
  function say(event) {
    const link = event.target.closest(".marques a");
    const mark = link ? marks.find((one) => one.link === link) : event.type === "pointermove" ? near(event) : null;
    svg.classList.toggle("pres", Boolean(mark));
    const words = mark ? mark.link.querySelector("title").textContent : QUIET;
    if (said.textContent !== words) { said.textContent = words; }
  }
  ["pointermove", "focusin"].forEach((name) => svg.addEventListener(name, say));
  ["pointerleave", "focusout"].forEach((name) => svg.addEventListener(name, () => { said.textContent = QUIET; }));
  svg.addEventListener("click", (event) => {
    if (event.target.closest("a")) { return; }
    const mark = near(event);
    if (mark) { mark.link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })); return; }
    const box = svg.getBoundingClientRect(), { from, to } = range();
    closer(1, from + Math.floor((event.clientX - box.left) / box.width * (to - from)));
  });
  let touched = null;
  svg.addEventListener("touchstart", (event) => { touched = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  svg.addEventListener("touchend", (event) => {
    const end = event.changedTouches[0], far = touched ? end.clientX - touched.clientX : 0;
    if (touched && Math.abs(far) > 60 && Math.abs(end.clientY - touched.clientY) < 40) { show(beside(far < 0 ? 1 : -1)); }
    touched = null;
  }, { passive: true });

  none.querySelector("button").addEventListener("click", () => { unfilter(); form.elements.echelle[0].focus(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) { show(beside(Number(button.value))); }
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "echelle") { zoom(event.target.value, middle()); return; }
    if (event.target !== select) { filter(); }
    write();
    refresh();
  });

  // A link to an event opens what folds it, and lets it through the filters.
  function arrive() {
    const item = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const mark = marks.find((one) => one.item === item);
    marks.forEach((one) => { if (one === mark) { one.link.setAttribute("aria-current", "true"); } else { one.link.removeAttribute("aria-current"); } });
    if (!item) { return; }
    if (mark && !mark.is_shown) { unfilter(); }
    for (let fold = item.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) { fold.open = true; }
    item.scrollIntoView();
  }
  addEventListener("hashchange", arrive);
  addEventListener("popstate", () => { read(); filter(); refresh(); });

  // Paper is as wide as it is, and shows what is folded.
  const PAPER = 680;
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".periode details:not([open])")];
    folded.forEach((fold) => { fold.open = true; });
    draw(PAPER, ranges[0]);
  });
  addEventListener("afterprint", () => { folded.forEach((fold) => { fold.open = false; }); refresh(); });

  svg.querySelectorAll(".conge rect").forEach((band) => {
    band.dataset.from = Math.round(number(band, "x"));
    band.dataset.to = Math.round(number(band, "x") + number(band, "width"));
  });
  set(svg, { tabindex: -1 });  // what may scroll would be one more stop
  form.hidden = false;
  view.classList.add("vive");
  said.textContent = QUIET;
  read();
  filter();
  refresh();
  arrive();
  new ResizeObserver(() => { if (!matchMedia("print").matches) { refresh(); } }).observe(svg);
})();
