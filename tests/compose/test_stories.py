"""One story that several sources tell is one entry, which says who published it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gazette.compose.stories import stories
from gazette.model.body import Body
from gazette.model.cleared import Cleared
from gazette.model.correspondent import Correspondent
from gazette.model.depeche import Provenance
from gazette.model.entry import Evenement
from tests.compose.newsstand import article, event, school, sheets, view

TEXT = "Deux écoles observent leurs cours de récréation, comptent, comparent et proposent ensemble trois aménagements "
LONG = TEXT + "à leurs deux communes avant la fin de l’année."


def depeche(name: str, uai: str = "0869001S", link: str = "", seen: int = 17, **facts: Any) -> Any:  # noqa: ANN401
    """Return a dépêche of a school."""
    digest = facts.pop("empreinte", f"{uai}/{name}")
    source = facts.pop("source", "https://s.example/")
    origin = Provenance(source, "", link, name, f"2026-11-{seen}", digest)
    own = {"path": f"depeches/{uai}/{name}.md", "author": uai, "provenance": origin, "schools": (uai,)}
    return article(f"{uai.lower()}-{name}", **(own | facts))


def told(*entries: Any) -> list[str]:  # noqa: ANN401
    """Return the names of what is kept."""
    return [c.entry.name for c in stories(Cleared(e) for e in entries)[0]]


def body(text: str) -> Body:
    """Return a text."""
    return Body(f"<p>{text}</p>", text, text=text, words=len(text.split()))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"link": "https://a.example/x"}, {"link": "https://a.example/x/", "source": "https://s.example/git"}),
        (
            {"link": "https://a.example/x", "title": "Le carnet"},
            {"link": "https://a.example/x/", "title": "Le Carnet !", "uai": "0869002T"},
        ),
        ({"body": body(LONG)}, {"body": body(LONG.upper().replace("’", "'")), "uai": "0869002T"}),
        ({"title": "Le carnet des cours"}, {"title": "Le Carnet des cours !"}),
        ({"empreinte": "e"}, {"empreinte": "e", "uai": "0869002T"}),
    ],
    ids=["address", "address and title", "text", "title", "digest"],
)
def test_the_same_story_is_told_once(first: dict[str, Any], second: dict[str, Any]):
    """By its address, its whole text, or one school's title on one day; the first that was seen is kept."""
    assert ["0869001s-b"] == told(depeche("a", **({"seen": 18} | second)), depeche("b", **first))


def trusting(uai: str, url: str = "https://s.example/", *, is_trusted: bool = True) -> Any:  # noqa: ANN401
    """Return a school whose source is judged afterwards, or not."""
    return replace(school(uai), correspondents=(Correspondent(uai, "rss", url, (), is_trusted=is_trusted),))


@pytest.mark.parametrize(
    "copied",
    [
        {"link": "https://a.example/x", "title": "Le carnet des cours"},
        {"body": body(LONG)},
        {"empreinte": "e"},
    ],
    ids=["address and title", "text", "digest"],
)
@pytest.mark.parametrize("seen", [16, 17, 18])
def test_what_nobody_read_takes_no_other_school_s_page_nor_signs_it(copied: dict[str, Any], seen: int):
    """Whatever it copies, and whenever: before, the same day or after. Judged first, it would be one story."""
    ours, theirs = depeche("a", "0869002T", **copied), depeche("b", seen=seen, **copied)
    known = trusting("0869002T", is_trusted=False)
    both, others = stories(Cleared(e) for e in (known, trusting("0869001S"), ours, theirs))
    assert ({"0869002t-a", "0869001s-b"}, {}) == ({c.entry.name for c in both} - {"0869001S", "0869002T"}, others)
    judged = trusting("0869001S", is_trusted=False)
    assert 1 == len([c for c in stories(Cleared(e) for e in (known, judged, ours, theirs))[0] if c.entry.provenance])


def test_two_sources_of_one_school_still_tell_one_story_once():
    """Be one of them judged afterwards."""
    one, two = (
        depeche("a", link="https://a.example/x"),
        depeche("b", link="https://a.example/x", seen=18, source="https://s.example/git"),
    )
    assert ["0869001s-a"] == [n for n in told(trusting("0869001S"), one, two) if n != "0869001S"]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Le carnet des cours", "uai": "0869002T"},
        {"title": "Le carnet des cours", "folder": "projets"},
        {"title": "Le carnet des cours", "audience": "enseignants"},
        {"title": "Le carnet des cours", "date": "2026-11-03"},
        {"body": body("Deux écoles observent leurs cours."), "uai": "0869002T", "title": "Autre"},
    ],
    ids=["school", "fil", "audience", "day", "short text"],
)
def test_what_is_only_alike_stays_apart(other: dict[str, Any]):
    """Two schools hold the same meeting; and who reads the public story learns nothing of a restricted one."""
    base = depeche("a", title="Le carnet des cours", body=body("Deux écoles observent leurs cours."))
    assert 2 == len(told(base, depeche("b", **other)))


def test_another_schools_link_takes_no_page():
    """F70: whoever copies the link of a text stands apart from it, though seen first."""
    first = depeche("a", link="https://a.example/x", title="Le carnet des cours")
    thief = depeche("b", "0869002T", link="https://a.example/x", title="Achetez nos calculatrices", seen=1)
    assert ["0869001s-a", "0869002t-b"] == sorted(told(first, thief))


def test_a_link_that_every_text_of_a_source_has_tells_no_story():
    """A school's ENT leads all its articles to one page: none is lost."""
    texts = [depeche(name, link="https://ent.example/blog/", title=f"Article {name}") for name in "abc"]
    assert 3 == len(told(*texts))


def test_two_dates_of_one_calendar_are_two_events():
    """A weekly club has one title."""

    def club(day: str) -> Any:  # noqa: ANN401
        own = (event(f"club/{day}", f"{day} 16:30"),)
        return depeche(f"club-{day}", kind=Evenement, folder="evenements", title="Le club lecture du soir", events=own)

    assert 2 == len(told(club("2026-11-24"), club("2026-12-01")))


def test_a_draft_takes_no_place():
    """In a preview, what readers see stays where it is."""
    one, two = depeche("a", link="https://a.example/x"), depeche("b", link="https://a.example/x", seen=1)
    assert 2 == len(stories([Cleared(one), Cleared(two, "Brouillon")])[0])


def test_what_the_circonscription_writes_is_never_merged():
    """Only dépêches are."""
    assert 2 == len(told(article("a", body=body(LONG)), depeche("b", body=body(LONG))))


def test_the_page_says_where_the_story_comes_from():
    """The school, its original, the day it was taken, and who published it too."""
    other = depeche("a", "0869002T", link="https://b.example/y", body=body(LONG), seen=19)
    first = depeche("a", link="https://a.example/x", body=body(LONG))
    found = view("public", "actualites/0869001s-a/index.html", [school(), school("0869002T"), first, other]).origins
    assert [
        ("École 0869001S", "https://a.example/x", date(2026, 11, 17)),
        ("École 0869002T", "https://b.example/y", date(2026, 11, 19)),
    ] == [(o.school.title, o.original, o.seen) for o in found]


def test_the_address_of_the_other_leads_to_the_story():
    """It may have been printed before the second source came."""
    first, second = (depeche(name, link="https://a.example/x", source=f"https://s.example/{name}") for name in "ab")
    made = sheets("public", [first, second])
    moved = made["actualites/0869001s-b/index.html"].view
    listed = [card.href for card in made["actualites/index.html"].view.cards]
    assert ("actualites/0869001s-a/", ["actualites/0869001s-a/"]) == (moved.href, listed)


def test_feeds_tell_the_source():
    """``atom:source``, the original and the others."""
    other = depeche("a", "0869002T", link="https://b.example/y", body=body(LONG), seen=19)
    first = depeche("a", link="https://a.example/x", body=body(LONG))
    item = sheets("public", [school(), school("0869002T"), first, other])["fils/actualites.atom"].view.items[0]
    source = item.source
    assert source
    assert ("École 0869001S", "https://a.example/x", date(2026, 11, 17), ("École 0869002T",)) == (
        source.title,
        source.original,
        source.seen,
        source.others,
    )
