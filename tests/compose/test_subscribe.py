"""The page that tells how to subscribe: every feed that is printed, every calendar once there is one, and no secret."""

from dataclasses import replace
from typing import Any

import pytest

from gazette.compose.subscribe import subscribe
from gazette.model.feed import TextFile
from gazette.model.newsroom import TokenFeeds
from gazette.model.sheet import Sheet
from tests.compose.newsstand import NAMES, UAI, article, desk, school, sheets, tool

NOTE = article("note", folder="directeurs", audience="directeurs")
ENTRIES = [article("une", levels=("CP",)), tool("mur"), school(), NOTE]
ROOTS = {name: f"https://{'' if name == 'public' else name + '.'}sourcelle.example/" for name in NAMES}


def page(name: str, *more: str) -> Any:  # noqa: ANN401  # a view
    """Return the page of an edition that also prints the files given."""
    made = sheets(name, ENTRIES) | {path: Sheet(path, "text", TextFile("")) for path in more}
    return next(subscribe(desk(name, ENTRIES), made)).view


@pytest.mark.parametrize("name", NAMES)
def test_every_feed_that_is_printed_is_told_and_no_other(name: str):
    """In each of its formats, with its whole address; the podcast apart."""
    made = sheets(name, ENTRIES)
    rows = [row for group in page(name).groups for row in group.feeds]
    told = {a.removeprefix(ROOTS[name]) for row in rows for a in (row.atom, row.json)}
    assert {p for p in made if p.startswith("fils/") and p.endswith((".atom", ".json"))} == told


def test_the_ent_is_given_addresses_it_can_fetch():
    """Those of the public edition: it knows no password."""
    found = {name: {row.rss for group in page(name).groups for row in group.feeds} for name in NAMES}
    printed = {ROOTS["public"] + p for p in sheets("public", ENTRIES) if p.startswith("fils/") and p.endswith(".xml")}
    assert {"public": printed, "enseignants": {""}, "directeurs": {""}} == found


@pytest.mark.parametrize("name", NAMES)
def test_a_restricted_edition_says_whom_to_ask_for_its_own_address(name: str):
    """Once it has feeds for the ENT: their addresses stand on no page; the command that tells them does."""
    plain = desk(name, ENTRIES)
    feeds = TokenFeeds(1, "https://fils.sourcelle.example/secret/") if plain.audience.rank else None
    given = replace(plain, audience=replace(plain.audience, token_feeds=feeds))
    views = [next(subscribe(d, sheets(name, ENTRIES))).view for d in (plain, given)]
    mail = plain.newsroom.legal.publisher_email
    restricted = name != "public"
    expected = [(restricted, "", mail), (restricted, name if restricted else "", mail)]
    assert expected == [(v.is_restricted, v.token_edition, v.contact) for v in views]
    assert "fils.sourcelle.example" not in repr(views)


def test_the_general_feeds_come_first_and_fils_are_told_apart():
    """Colour, icon and editors belong to fils; what follows a cycle has none."""
    first, *others = page("public").groups
    fils = {row.name: row.fil.name for row in first.feeds if row.fil}
    assert {"actualites": "actualites", "projets": "projets", "outils": "outils"} == fils
    assert [] == [row.fil for group in others for row in group.feeds if row.fil]
    assert ("L’IEN", "L’équipe des CPC") == next(row.approvers for row in first.feeds if row.name == "actualites")


def test_calendars_are_told_once_they_are_printed():
    """Of the whole frise, of a fil and of a school, each by its own sheet."""
    made = sheets("public", ENTRIES)
    bare = {path: sheet for path, sheet in made.items() if not path.endswith(".ics")}
    without = next(subscribe(desk("public", ENTRIES), bare)).view
    paths = ("frise/frise.ics", "frise/frise-ent.ics", "frise/actualites.ics", f"ecoles/{UAI}/frise.ics")
    told = page("public", *paths)
    found = {row.calendar for group in told.groups for row in group.feeds if row.calendar}
    whole = {link.href for link in told.calendars}
    assert ((), {""}) == (without.calendars, {row.calendar for group in without.groups for row in group.feeds})
    assert {ROOTS["public"] + path for path in paths} <= found | whole
    assert {ROOTS["public"] + path for path in paths[:2]} <= whole


def test_the_ent_s_calendar_of_a_fil_is_told_where_the_ent_may_fetch_it():
    """In the most open edition alone; the others are behind a login."""
    found = {
        name: {row.name: row.ent_calendar for group in page(name).groups for row in group.feeds if row.ent_calendar}
        for name in ("public", "enseignants")
    }
    root = ROOTS["public"]
    assert (f"{root}frise/actualites-ent.ics", {}) == (found["public"]["actualites"], found["enseignants"])
    assert f"{root}ecoles/{UAI}/frise-ent.ics" in found["public"].values()


def test_the_podcast_is_told_once_there_is_one():
    """Nobody subscribes to silence."""
    assert ("", f"{ROOTS['public']}fils/audio.rss") == (
        page("public").podcast,
        page("public", "fils/audio.rss").podcast,
    )


def test_names_of_rows_are_anchors():
    """Each address has an id of its own on the page."""
    names = [row.name for group in page("directeurs").groups for row in group.feeds]
    assert (len(names), []) == (len(set(names)), [n for n in names if "/" in n])


def test_what_is_restricted_changes_nothing_of_a_more_open_page():
    """Neither rows nor digest."""
    more = replace(NOTE, path="directeurs/autre.md", name="autre", id="directeurs/autre", levels=("CM2",))
    found = [sheets("public", entries)["fils/index.html"].digest for entries in (ENTRIES, [*ENTRIES, more])]
    assert found[0] == found[1]


def test_a_restricted_edition_tells_no_calendar_for_the_ent():
    """Which could not fetch it."""
    told = {name: [link.href for link in page(name).calendars] for name in ("public", "directeurs")}
    assert [f"{ROOTS['public']}frise/frise-ent.ics"] == [h for hrefs in told.values() for h in hrefs if "-ent" in h]
    assert f"{ROOTS['directeurs']}frise/frise.ics" in told["directeurs"]
