"""What an entry and its events are in feeds, and in which feeds they stand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.compose.feeds import feeds, stream_sheets
from gazette.compose.stage import compose
from gazette.compose.subscribe import subscribe
from gazette.model.body import Body
from gazette.model.cleared import Cleared
from gazette.model.entry import Origin
from gazette.model.feed import Enclosure, Source, Stream, Tombstone
from gazette.model.register import Register, Withdrawal
from gazette.press.stage import FORMS
from tests.compose.newsstand import (
    NAMES,
    SECRET,
    UAI,
    article,
    at,
    audience,
    desk,
    event,
    happening,
    school,
    sheets,
    tool,
    view,
)
from tests.samples import NOW, sample_newsroom

PUBLIC = "https://sourcelle.example/"
SOUND = Enclosure(f"{PUBLIC}media/voix.mp3", "audio/mpeg", 4096, "Voix", 61)


def titles(path: str, entries: list, name: str = "public") -> list[str]:
    """Return the titles a feed carries."""
    return [item.title for item in view(name, path, entries).items]


def test_a_school_has_the_feed_of_what_it_signs_and_of_what_concerns_it():
    """By UAI; another school's is not there."""
    entries = [
        school(),
        school("0869002T"),
        article("signe", author=UAI),
        article("concerne", schools=(UAI,)),
        article("autre", schools=("0869002T",)),
    ]
    found = [titles(f"fils/ecoles/{uai}.atom", entries) for uai in (UAI, "0869002T")]
    assert [{"Titre signe", "Titre concerne"}, {"Titre autre"}] == [set(row) for row in found]


def test_a_school_that_is_not_in_the_directory_has_no_feed():
    """An entry that names it is in the others."""
    made = sheets("public", [article("une", schools=("0869009A",))])
    assert [] == [path for path in made if "0869009A" in path]


def test_a_cycle_has_the_feed_of_its_levels_and_tools():
    """An entry without level is for nobody in particular, and stays in its fil."""
    entries = [article("cm", levels=("CM1",)), article("ce", levels=("CE2", "CM1")), tool("mur"), article("tous")]
    found = [set(titles(f"fils/cycle-{n}.json", entries)) for n in (1, 2, 3)]
    assert [set(), {"Titre ce", "Titre mur"}, {"Titre cm", "Titre ce"}] == found


def test_an_entry_of_two_fils_is_in_both_feeds_with_one_id():
    """``aussi_dans``."""
    entries = [article("une", also_in=("projets",))]
    found = {view("public", f"fils/{fil}.xml", entries).items[0].id for fil in ("actualites", "projets", "tout")}
    assert 1 == len(found)


def test_the_feed_of_the_frise_tells_what_is_announced_moved_and_cancelled():
    """The latest announcement first; the date is in the title."""
    changed = Origin(NOW, at("2026-11-20"))
    entries = [
        happening("cross", "2026-12-01 09:00", "2026-12-01 11:30", date="2026-10-01"),
        happening("bal", "2026-12-04", date="2026-10-05"),
        article(
            "tir",
            date="2026-09-01",
            origin=changed,
            events=(event("evenements/tir", "2026-12-08", state="annule"),),
        ),
    ]
    expected = [
        "Annulé\u202f: Titre tir, mardi 8\u00a0décembre 2026",
        "Titre bal, vendredi 4\u00a0décembre 2026",
        "Titre cross, mardi 1er\u00a0décembre 2026",
    ]
    assert expected == titles("fils/frise.xml", entries)


def test_an_event_that_moves_keeps_its_id_and_comes_anew():
    """The address of the page does not make the id, nor does the day of the event."""
    before = article("fete", date="2026-09-01", events=(event("fete", "2026-12-08"),))
    moved = replace(before, origin=Origin(NOW, NOW), events=(event("fete", "2026-12-15", state="deplace"),))
    old, new = (view("public", "fils/frise.atom", [entry]).items[0] for entry in (before, moved))
    expected = (old.id, "Déplacé\u202f: Titre fete, mardi 15\u00a0décembre 2026", NOW)
    assert expected == (new.id, new.title, new.published)


def test_an_announcement_says_when_and_where():
    """« De 9 h à 11 h 30 », the place, the schools."""
    own = event("e", "2026-12-01 09:00", "2026-12-01 11:30", place="Stade.", schools=(UAI,))
    entries = [article("cross", events=(own,)), school(title="École du Pont")]
    found = view("public", "fils/frise.json", entries).items[0].summary
    expected = "Mardi 1er\u00a0décembre 2026, de 9\u00a0h à 11\u00a0h\u00a030. Stade. École du Pont. Chapeau de cross"
    assert expected == found


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            "2026-12-05 22:00",
            "2026-12-07 08:00",
            "Du samedi 5\u00a0décembre 2026, 22\u00a0h, au lundi 7\u00a0décembre 2026, 8\u00a0h.",
        ),
        ("2026-12-08 20:00", "2026-12-09 00:00", "Mardi 8\u00a0décembre 2026, de 20\u00a0h à minuit."),
        ("2026-12-08", "2026-12-09", "Du mardi 8\u00a0décembre 2026 au mercredi 9\u00a0décembre 2026."),
    ],
)
def test_an_announcement_over_several_days_keeps_its_hours(start: str, end: str, expected: str):
    """In the words of the frise; what ends at midnight is of that evening."""
    entries = [article("nuit", events=(event("e", start, end),))]
    assert f"{expected} Chapeau de nuit" == view("public", "fils/frise.json", entries).items[0].summary


def test_an_event_without_a_page_leads_to_the_frise_and_carries_its_text():
    """An event of an article leads to the article, which carries the text."""
    entries = [happening("bal", "2026-12-04"), article("a", events=(event("x", "2026-12-01"),))]
    items = view("public", "fils/frise.atom", entries).items
    found = {item.url: item.body is not None for item in items}
    expected = {f"{PUBLIC}frise/2026-2027/#e-evenements-bal": True, f"{PUBLIC}actualites/a/": False}
    assert expected == found


def test_a_weekly_event_is_announced_once_and_leads_to_its_first_day():
    """Each week has its own place on the frise."""
    weekly = event("club", "2026-11-24 17:00", repeat_day="mardi", repeat_until=date(2026, 12, 15))
    item = view("public", "fils/frise.atom", [happening("club", "2026-11-24", events=(weekly,))]).items
    found = [(i.url.partition("#")[2], i.summary[: len("Chaque mardi")]) for i in item]
    assert [("e-club", "Chaque mardi")] == found


def test_what_a_school_signs_tells_the_school_s_feed():
    """``atom:source``; what a function signs tells none."""
    entries = [school(title="École du Pont"), article("une", author=UAI), article("deux")]
    feed = view("public", f"fils/ecoles/{UAI}.atom", entries)
    found = {i.title: i.source for i in view("public", "fils/tout.atom", entries).items}
    expected = Source(feed.id, "École du Pont", f"{PUBLIC}ecoles/{UAI}/", feed.address)
    assert {"Titre une": expected, "Titre deux": None} == found


def edition_with(name: str, entries: list, *gone: Withdrawal) -> dict:
    """Return the views of an edition by path, with a register of withdrawals."""
    cleared = [Cleared(e) for e in entries]
    made = compose(cleared, audience(name), sample_newsroom(), NOW, {}, SECRET, Register(gone))
    return {sheet.path: sheet.view for sheet in made.sheets}


def withdrawal(edition: str = "public", **named: object) -> Withdrawal:
    """Return a record of the day before yesterday."""
    facts = {"id": "RET-2026-001", "day": date(2026, 11, 21), "motive": "demande", "edition": edition}
    return Withdrawal(**(facts | (named or {"entry": "actualites/une"})))  # type: ignore[arg-type]  # by field


def test_a_withdrawn_entry_leaves_every_feed_and_a_tombstone():
    """Even when its file is still there: in doubt it is not printed."""
    made = edition_with("public", [article("une"), article("deux")], withdrawal())["fils/tout.atom"]
    stone = Tombstone(desk("public", []).uuid("actualites/une"), date(2026, 11, 21))
    assert (["Titre deux"], (stone,)) == ([i.title for i in made.items], made.tombstones)


def test_a_feed_changes_on_the_day_of_a_withdrawal():
    """So that readers who ask « since » are told."""
    feed = edition_with("public", [], withdrawal())["fils/tout.atom"]
    assert "2026-11-21T00:00:00+01:00" == feed.updated.isoformat()


def test_a_more_open_edition_does_not_tell_a_restricted_withdrawal():
    """Not even that there was something; an edition that is no more tells nothing either."""
    gone = (withdrawal("directeurs"), withdrawal("ancienne"))
    found = {name: len(edition_with(name, [], *gone)["fils/tout.atom"].tombstones) for name in ("public", "directeurs")}
    assert {"public": 0, "directeurs": 1} == found


def test_a_withdrawn_picture_leaves_no_tombstone():
    """Its entry is still there."""
    assert () == edition_with("public", [], withdrawal(digests=("d",)))["fils/tout.atom"].tombstones


def test_an_expired_entry_leaves_no_trace_in_feeds():
    """The gate does not hand it over: nothing remembers it."""
    entry = article("une")
    assert [] == [p for p, v in edition_with("public", []).items() if entry.id in repr(v)]


def test_a_podcast_has_one_item_a_recording():
    """A document is no episode; ids differ from the entry's and last."""
    page = Enclosure(f"{PUBLIC}media/x.pdf", "application/pdf", 1)
    here = replace(desk("public", [article("une")]), enclosures={"actualites/une.md": (SOUND, page)})
    made = {sheet.path: sheet.view for sheet in feeds(here)}
    episodes, item = made["fils/audio.rss"].items, made["fils/tout.atom"].items[0]
    assert (["Titre une – Voix"], ((SOUND,),), (SOUND, page)) == (
        [e.title for e in episodes],
        tuple(e.enclosures for e in episodes),
        item.enclosures,
    )
    assert item.id != episodes[0].id


def test_in_a_preview_a_recording_to_come_is_the_first_episode():
    """Lists show last what is to come; a feed is read from the latest."""
    entries = [article("hier", date="2026-11-22 08:00"), article("demain", date="2026-12-24 08:00")]
    held = {f"actualites/{name}.md": (replace(SOUND, address=f"{PUBLIC}{name}.mp3"),) for name in ("hier", "demain")}
    here = replace(desk("public", entries), enclosures=held, is_preview=True)
    made = {sheet.path: sheet.view for sheet in feeds(replace(here, cleared=here.cleared[::-1]))}
    assert ["Titre demain – Voix", "Titre hier – Voix"] == [e.title for e in made["fils/audio.rss"].items]


def test_without_a_recording_there_is_no_podcast():
    """Nothing to hear, nothing to follow."""
    assert "fils/audio.rss" not in sheets("public", [article("une")])


def test_the_list_of_feeds_tells_each_feed_of_its_edition_in_a_group():
    """OPML: general feeds, cycles, schools; none of another edition."""
    made = sheets("public", [school(), article("une")])
    groups = made["fils/index.opml"].view.groups
    told = [outline.feed for _, rows in groups for outline in rows]
    printed = [f"{PUBLIC}{p}" for p in made if p.startswith("fils/") and p.endswith(".atom")]
    assert (["La circonscription", "Par cycle", "Par école"], sorted(printed)) == ([g for g, _ in groups], sorted(told))


def test_the_list_of_feeds_holds_the_podcast():
    """In a group of its own, which the page of subscriptions does not show as a fil."""
    here = replace(desk("public", [article("une")]), enclosures={"actualites/une.md": (SOUND,)})
    made = {sheet.path: sheet for sheet in feeds(here)}
    groups = dict(made["fils/index.opml"].view.groups)
    page = next(sheet for sheet in subscribe(here, made) if sheet.path == "fils/index.html").view
    assert ([f"{PUBLIC}fils/audio.rss"], False) == (
        [o.feed for o in groups["À écouter"]],
        any(g.title == "À écouter" for g in page.groups),
    )


def test_the_pages_of_a_school_and_of_the_frise_tell_their_feeds():
    """In their head, for readers that look for them."""
    made = sheets("public", [school()])
    pages = (f"ecoles/{UAI}/index.html", "frise/index.html")
    found = [[link.href for link in made[page].view.head.feeds] for page in pages]
    suffixes = ("xml", "atom", "json")
    names = (f"ecoles/{UAI}", "frise")
    assert [[f"{PUBLIC}fils/{name}.{s}" for s in suffixes] for name in names] == found


def test_another_kind_of_feed_is_printed_like_the_others():
    """What follows something else gives its items, and gets its three formats."""
    item = view("public", "fils/tout.atom", [article("une")]).items[0]
    stream = Stream("semaine", "La semaine", "Chaque semaine", f"{PUBLIC}semaine/", "La circonscription", (item,))
    found = [sheet.path for sheet in stream_sheets(desk("public", []), stream)]
    assert ["fils/semaine.xml", "fils/semaine.atom", "fils/semaine.json"] == found


MARK = "réservé"
SITES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(("article", "event", "tool", "school")), st.booleans()),
    max_size=8,
)


def site_of(rows: list[tuple[str, str, bool]]) -> list:
    """Return entries of each audience; what is restricted says so in every field that a feed carries."""
    entries = []
    for rank, (name, kind, is_signed) in enumerate(rows):
        mark = MARK if name != "public" else "ouvert"
        common = {
            "audience": name,
            "title": f"{mark} {rank}",
            "summary": f"{mark} {rank}",
            "author": UAI if is_signed else "cpc",
            "keywords": (f"{mark} {rank}",),
            "body": Body(f"<p>{mark} {rank}</p>", f"{mark}{rank}"),
        }
        if kind == "school":
            entries.append(school(f"086900{rank}S", **common))
        elif kind == "tool":
            entries.append(tool(f"{mark[:4].replace('é', 'e')}-{rank}", **common))
        else:
            events = (event(f"{mark}-{rank}", "2026-12-01", place=mark),) if kind == "event" else ()
            entries.append(article(f"{mark[:4].replace('é', 'e')}-{rank}", events=events, **common))
    return entries


@given(SITES)
def test_no_feed_nor_list_of_an_edition_tells_a_more_restricted_entry(rows: list[tuple[str, str, bool]]):
    """In printed bytes, and the public feeds are those of a site where nothing restricted ever was."""
    entries = site_of(rows)
    open_ones = [e for e in entries if e.audience.name == "public"]
    found, alone = (
        {s.path: FORMS[s.form](s.view) for s in feeds(desk("public", made)) if s.form in FORMS}
        for made in (entries, open_ones)
    )
    hidden = [desk("public", []).uuid(e.id) for e in entries if e.audience.rank]
    told = [path for path, data in found.items() if MARK in data.decode() or any(h in data.decode() for h in hidden)]
    assert ([], alone) == (told, found)
