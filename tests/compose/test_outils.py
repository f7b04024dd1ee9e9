"""Tools: all of them, what may be chosen among them, who used each, and whom to ask for help."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from gazette.compose.selections import price_of
from gazette.compose.stage import compose
from gazette.model.cleared import Cleared
from gazette.model.entry import RESERVED_NAME, Step
from gazette.model.media import Measure
from tests.compose.newsstand import NAMES, SECRET, article, audience, edition, sheets, tool, view
from tests.samples import NOW, sample_image, sample_newsroom

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
    assert [*expected, ("outils/sans-compte-eleve/", False)] == [(link.href, link.is_current) for link in filters]


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
    public = {"Tous les cycles": "2", "Cycle 1": "1", "Cycle 2": "2", "Sans compte élève": "2"}
    more = {"Tous les cycles": "3", "Cycle 3": "1", "Sans compte élève": "3"}
    assert {"public": public, "enseignants": {**public, **more}} == found


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


CHOICES = [
    tool("mur", skills=("2.2", "2.3"), price="gratuit, financé par les dons", date="2026-11-13"),
    tool("studio", skills=("3.2",), price="30 € par an et par classe", has_pupil_account=True, date="2026-11-06"),
    tool("carte", skills=("2.2",), price="gratuit, 30 € avec les options", date="2026-10-30"),
    tool("reserve", skills=("4.1",), price="", audience="enseignants", date="2026-10-23"),
]


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ("competence-2-2", ["mur", "carte"]),
        ("competence-3-2", ["studio"]),
        ("gratuit", ["mur"]),
        ("payant", ["studio", "carte"]),
        ("sans-compte-eleve", ["mur", "carte"]),
    ],
)
def test_what_is_asked_of_a_tool_has_a_page_and_feeds(segment: str, expected: list[str]):
    """A competence, a price, no account of a pupil: each printed before anybody asks, with its own RSS."""
    found = sheets("public", CHOICES)
    shown = [t.entry.tool.removeprefix("Outil ") for t in found[f"outils/{segment}/index.html"].view.tools]
    feed = [item.title for item in found[f"fils/outils/{segment}.xml"].view.items]
    told = [link.href for link in found[f"outils/{segment}/index.html"].view.head.feeds]
    assert (expected, [f"Titre {name}" for name in expected]) == (shown, feed)
    assert f"https://sourcelle.example/fils/outils/{segment}.xml" in told


def test_what_only_a_restricted_sheet_answers_is_unknown_elsewhere():
    """Neither page nor feed of its competence stands in the public edition."""
    found = {name: [p for p in sheets(name, CHOICES) if "competence-4-1" in p] for name in NAMES[:2]}
    assert ([], 4) == (found["public"], len(found["enseignants"]))


def test_no_sheet_takes_the_place_of_a_choice():
    """Their names are reserved."""
    segments = {p.split("/")[1] for p in sheets("enseignants", CHOICES) if p.startswith("outils/")}
    own = {"index.html", *(t.name for t in CHOICES)}
    assert [] == [name for name in segments - own if not RESERVED_NAME.fullmatch(name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gratuit", ("gratuit",)),
        ("Gratuit pour les personnels", ("gratuit",)),
        ("gratuit, version complète 5 €", ("payant",)),
        ("gratuit en version limitée", ("payant",)),
        ("compris dans l’abonnement à l’ENT", ("payant",)),
        ("", ()),
    ],
)
def test_free_means_free(text: str, expected: tuple[str, ...]):
    """« Gratuit, mais… » is not; what says nothing is neither."""
    assert expected == price_of(text)


def test_a_step_shows_its_picture_and_the_gallery_does_not():
    """A picture that the sheet places is not shown twice; a withheld one leaves its step."""
    pictured, other = sample_image(), sample_image(file="b.png", path="outils/b.png", digest="i2")
    steps = (Step("Ouvrir.", "dessin.png"), Step("Ranger.", "retiree.png"), Step("Fermer."))
    made = edition("public", [tool("mur", steps=steps, images=(pictured, other))], measures=MEASURES)
    found = next(s.view for s in made.sheets if s.path == "outils/mur/index.html")
    shown = [step.picture.image.file if step.picture else "" for step in found.tool.steps]
    assert (["dessin.png", "", ""], ["b.png"]) == (shown, [p.image.file for p in found.gallery])


MEASURES = {digest: Measure(90, 60) for digest in ("i1", "i2")}


ERUN = "erun@ac-sourcelle.example"


def helped(*roles: tuple[str, str]) -> dict[str, Any]:
    """Return the public pages of a circonscription whose functions have these addresses."""
    emails = dict(roles)
    known = tuple(replace(role, email=emails.get(role.name, "")) for role in sample_newsroom().roles)
    newsroom = replace(sample_newsroom(), roles=known)
    made = compose([Cleared(e) for e in CHOICES], audience("public"), newsroom, NOW, {}, SECRET)
    return {sheet.path: sheet.view for sheet in made.sheets}


def test_help_is_asked_of_a_function_from_every_sheet():
    """The page of help leads to every tool this audience has, and every tool to whom to ask."""
    found = helped(("erun", ERUN), ("equipe", "equipe@ac-sourcelle.example"))
    told = found["aide/index.html"]
    assert (ERUN, ["Outil carte", "Outil mur", "Outil studio"]) == (told.contact, [link.detail for link in told.tools])
    assert {ERUN} == {found[f"outils/{n}/index.html"].tool.contact for n in ("mur", "studio", "carte")}


def test_the_team_answers_where_there_is_no_erun_and_nobody_where_there_is_none():
    """Without a function address there is no page, and no link to one."""
    team = helped(("equipe", "equipe@ac-sourcelle.example"))
    assert "equipe@ac-sourcelle.example" == team["aide/index.html"].contact
    alone = helped()
    assert ("aide/index.html" not in alone, "") == (True, alone["outils/mur/index.html"].tool.contact)
