"""Tables whose lines are sheets on a phone: all is read without scrolling, and their headings are still theirs."""

import pytest
from playwright.sync_api import Browser, Page

STACKED = {"deploiement": "deploiement/", "accessibilite": "accessibilite/", "fiche": "frise/fiche/2026-2027/"}
HIDDEN = """() => [...document.querySelectorAll(".empilee")].flatMap((region) => {
  const wide = region.scrollWidth > region.clientWidth + 1 ? [region.getAttribute("aria-label")] : [];
  const away = [...region.querySelectorAll("tbody :is(th, td)")].filter((cell) => {
    const box = cell.getBoundingClientRect();
    return box.left < 0 || box.right > document.documentElement.clientWidth + 1;
  });
  return [...wide, ...away.map((cell) => cell.outerHTML.slice(0, 80))];
})"""
"""Tables that scroll sideways, and cells that leave the screen."""
NAMED = """() => [...document.querySelectorAll(".empilee td")].map((cell) => [
  getComputedStyle(cell, "::before").content.includes(cell.dataset.colonne),
  cell.closest("table").querySelectorAll("thead th")[cell.cellIndex].textContent === cell.dataset.colonne,
])"""
"""Of each cell: whether its heading is seen above it, and is that of its column."""


def told(page: Page) -> dict[str, int]:
    """Count what a screen reader is told of tables, by role."""
    line = page.context.new_cdp_session(page)
    nodes = line.send("Accessibility.getFullAXTree")["nodes"]
    line.detach()
    wanted = ("table", "row", "columnheader", "rowheader", "cell")
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    return {role: roles.count(role) for role in wanted}


@pytest.mark.parametrize("name", STACKED)
def test_a_table_is_read_on_a_phone(browser: Browser, served: dict[str, str], name: str):
    """At 320 px each cell is on the screen under its heading, and is told as on a large screen (RGAA 5.6, 10.11)."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(served["public"] + STACKED[name])
    large = told(page)
    page.set_viewport_size({"width": 320, "height": 900})
    assert ([], {(True, True)}) == (page.evaluate(HIDDEN), {tuple(pair) for pair in page.evaluate(NAMED)})
    assert (large, True) == (told(page), all(large.values()))
    page.close()


EDGES = """() => [...document.querySelectorAll("main table")].flatMap((table) => {
  const ends = (cell) => {
    const figure = document.createRange();
    figure.setStart(cell.firstChild, 0);
    figure.setEnd(cell.firstChild, cell.firstChild.data.trimEnd().length);
    return Math.round(figure.getBoundingClientRect().right);
  };
  const rows = [...table.querySelectorAll("tbody tr")];
  const edges = rows.map((row) => [...row.querySelectorAll(".nombre:not([colspan])")].map(ends));
  const told = edges.filter((row) => row.length);
  return told.length ? [told] : [];
})"""
"""Of each table of figures, by line: where the figures of a column end."""


@pytest.mark.parametrize(("edition", "path"), [("public", "deploiement/"), ("directeurs", "deploiement/cln/")])
def test_figures_of_a_column_end_on_one_line(browser: Browser, served: dict[str, str], edition: str, path: str):
    """Units under tens, whatever follows them: « 1 école » and « 2 écoles », « 17 » and « 5 »."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(served[edition] + path)
    tables = page.evaluate(EDGES)
    page.close()
    assert ([True] * len(tables), True) == ([len({*map(tuple, rows)}) == 1 for rows in tables], len(tables) > 2)
