"""Tools: all of them, those of a cycle, and who used each."""

import datetime as dt

from tests.compose.newsstand import NAMES, article, sheets, tool, view

TOOLS = [
    tool("mur", cycles=(1, 2), date="2026-11-13"),
    tool("carte", cycles=(3,), date="2026-11-06"),
    tool("reserve", cycles=(4,), audience="enseignants", date="2026-10-30"),
]


def names(edition: str, path: str) -> list[str]:
    """Return the names of the tools that a list shows."""
    return [t.entry.tool.removeprefix("Outil ") for t in view(edition, path, TOOLS).tools]


def test_a_cycle_has_a_page_when_a_tool_is_for_it():
    """Cycle 4 is known to the teachers' edition only, with the tool that alone is for it."""
    found = {n: [p for p in sheets(n, TOOLS) if p.startswith("outils/cycle")] for n in NAMES}
    public = [f"outils/cycle-{n}/index.html" for n in (1, 2, 3)]
    assert {"public": public, "enseignants": [*public, "outils/cycle-4/index.html"]} == {n: found[n] for n in NAMES[:2]}


def test_a_cycle_lists_its_tools_newest_first():
    """A tool for two cycles stands in both."""
    paths = ["outils/index.html", *(f"outils/cycle-{n}/index.html" for n in (1, 2, 3))]
    assert [["mur", "carte"], ["mur"], ["mur"], ["carte"]] == [names("public", path) for path in paths]


def test_cycles_are_links_and_the_current_one_is_marked():
    """One may go from any cycle to any other."""
    filters = view("public", "outils/cycle-2/index.html", TOOLS).filters
    expected = [("outils/", False), ("outils/cycle-1/", False), ("outils/cycle-2/", True), ("outils/cycle-3/", False)]
    assert expected == [(link.href, link.is_current) for link in filters]


def test_a_tool_tells_who_used_it():
    """« Ils l'ont utilisé » lists what its readers may see, newest first."""
    users = [
        article("vieux", tools=("mur",), date="2026-10-01"),
        article("neuf", tools=("mur",), date="2026-11-01"),
        article("reserve", tools=("mur",), audience="enseignants"),
        article("autre", tools=("carte",)),
    ]
    related = view("public", "outils/mur/index.html", [*TOOLS, *users]).related
    assert ["actualites/neuf/", "actualites/vieux/"] == [card.href for card in related]


def test_an_entry_links_to_the_tools_it_used():
    """A tool without a sheet, or out of sight, is no link."""
    entries = [*TOOLS, article("une", tools=("mur", "reserve", "inconnu"))]
    assert ["outils/mur/"] == [link.href for link in view("public", "actualites/une/index.html", entries).tools]


def test_an_article_that_also_shows_among_tools_breaks_neither_list_nor_home():
    """Only sheets of tools have a tool to show: an article that says ``aussi_dans: [outils]`` is left out of them."""
    entries = [*TOOLS, article("une", also_in=("outils",), date="2026-11-20")]
    found = [view("public", "outils/index.html", entries).tools[0], view("public", "index.html", entries).tool]
    assert ["Outil mur", "Outil mur"] == [shown.entry.tool for shown in found]


def test_each_cycle_is_offered_with_how_many_sheets_it_holds():
    """As this audience may count them."""
    entries = [tool("a", cycles=(1, 2)), tool("b", cycles=(2,)), tool("c", cycles=(3,), audience="enseignants")]
    found = {
        name: {link.title: link.detail for link in view(name, "outils/index.html", entries).filters}
        for name in ("public", "enseignants")
    }
    public = {"Tous les cycles": "2", "Cycle 1": "1", "Cycle 2": "2"}
    assert {"public": public, "enseignants": {**public, "Tous les cycles": "3", "Cycle 3": "1"}} == found


def test_tools_are_chosen_like_what_any_fil_holds():
    """A level, a school year, a period and what is new have pages of their own; cycles stand unfolded, once."""
    entries = [tool("mur", cycles=(1, 2), levels=("GS", "CP"), date="2026-11-13"), tool("carte", date="2026-09-11")]
    made = sheets("public", entries)
    paths = ["niveau-gs", "niveau-cp", "2026-2027", "2026-2027/periode-1", "2026-2027/periode-2", "depuis/2026-S46"]
    found = {p: [t.entry.tool for t in made[f"outils/{p}/index.html"].view.tools] for p in paths}
    mur, carte = (e.tool for e in entries)
    assert [[mur], [mur], [mur, carte], [carte], [mur], [mur]] == list(found.values())
    assert ["Par niveau", "Par période, 2026-2027", "Archives"] == [
        c.title for c in made["outils/index.html"].view.choices if c.title not in {"Depuis", "Par école"}
    ][-3:]


def test_a_pinned_tool_comes_first_until_its_day():
    """As in any other fil."""
    entries = [tool("mur", date="2026-11-13"), tool("carte", date="2026-11-06", pinned_until=dt.date(2026, 12, 1))]
    assert ["carte", "mur"] == [
        t.entry.tool.removeprefix("Outil ") for t in view("public", "outils/index.html", entries).tools
    ]
