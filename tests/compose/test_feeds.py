"""Feeds: what they carry, in which order, and what never changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gazette.model.body import Body
from gazette.model.entry import Origin
from tests.compose.newsstand import article, edition, linked, page, tool, view
from tests.samples import NOW, sample_entry, sample_newsroom


def items(entries: list, path: str = "fils/actualites.xml", name: str = "public") -> list:
    """Return what a feed carries."""
    return list(view(name, path, entries).items)


def test_a_feed_carries_the_last_fifty_newest_first():
    """The fifty-first oldest is left to the pages."""
    dates = [(NOW - timedelta(days=rank)).date().isoformat() for rank in range(55)]
    entries = [article(f"n{rank}", date=date) for rank, date in enumerate(dates)]
    expected = [f"https://sourcelle.example/actualites/n{rank}/" for rank in range(50)]
    assert expected == [item.url for item in items(entries)]


def test_the_feed_of_everything_takes_every_fil_and_no_page():
    """Pages and schools have no date: they are no news."""
    entries = [article("une"), tool("mur"), article("defi", folder="projets"), page("guide")]
    urls = {item.url.removeprefix("https://sourcelle.example/") for item in items(entries, "fils/tout.xml")}
    assert {"actualites/une/", "outils/mur/", "projets/defi/"} == urls


def test_an_item_keeps_its_id_when_the_file_is_renamed():
    """``id`` is the identity; the address is not."""
    before = article("une", id="actualites/une")
    after = article("deux", id="actualites/une")
    assert items([before])[0].id == items([after])[0].id


def test_two_entries_never_have_one_item_id():
    """The id is made of the whole identity."""
    assert 2 == len({item.id for item in items([article("une"), article("deux")])})


def test_an_item_has_the_same_id_in_every_edition_and_format():
    """A reader who follows two feeds sees an entry once."""
    entries = [article("une")]
    found = {
        items(entries, f"fils/{fil}.{suffix}", name)[0].id
        for name in ("public", "directeurs")
        for fil in ("tout", "actualites")
        for suffix in ("xml", "atom", "json")
    }
    assert 1 == len(found)


def test_feeds_of_two_editions_have_ids_of_their_own():
    """A restricted feed does not pass for the public one."""
    ids = {view(name, f"fils/{fil}.xml", []).id for name in ("public", "directeurs") for fil in ("tout", "projets")}
    assert 4 == len(ids)


def test_an_id_is_a_uuid_of_the_circonscription():
    """It does not change from version to version."""
    expected = "urn:uuid:45c92ec4"
    assert expected == items([article("une")])[0].id[: len(expected)]


def test_updated_is_never_before_published():
    """An entry written before its day is updated on its day; one changed since, when it was changed."""
    early, late = NOW - timedelta(days=90), NOW - timedelta(days=1)
    entries = [article(n, date="2026-11-02", origin=Origin(early, when)) for n, when in (("a", early), ("b", late))]
    found = [
        tuple(when.isoformat(timespec="seconds") for when in (item.published, item.updated)) for item in items(entries)
    ]
    day = "2026-11-02T00:00:00+01:00"
    assert [(day, day), (day, late.isoformat())] == found


def test_entries_of_one_commit_are_updated_at_their_own_fraction_of_its_second():
    """Validators take two equal ``updated`` for a mistake (RFC 4287 allows them); no reader sees the difference."""
    found = [item.updated for item in items([article(f"n{rank}") for rank in range(40)])]
    assert (40, {NOW.isoformat()}) == (len(set(found)), {u.isoformat(timespec="seconds") for u in found})


def test_a_feed_is_updated_when_its_last_item_is():
    """Never by the build itself."""
    entries = [article(f"n{rank}", origin=Origin(NOW, NOW - timedelta(days=rank + 2))) for rank in range(3)]
    found = [view("public", "fils/actualites.xml", e).updated.replace(microsecond=0) for e in (entries, [])]
    assert [NOW - timedelta(days=2), NOW.replace(year=2000, month=1, day=1, hour=0)] == found


def test_links_of_an_item_are_absolute():
    """A feed is read elsewhere."""
    entries = [article("une", body=linked("une", "deux.md", "#t", "../projets/defi.md")), article("deux")]
    item = next(item for item in items(entries) if item.url.endswith("/une/"))
    assert ("https://sourcelle.example/actualites/deux/", "", "") == item.hrefs


def test_an_entry_for_the_ent_carries_its_summary_only():
    """The text stays in the ENT."""
    assert [None] == [item.body for item in items([article("une", ent_only=True, body=Body("<p>x</p>", "x"))])]


def test_a_page_tells_the_feeds_it_follows():
    """Every list tells its three formats."""
    found = [link.href for link in view("public", "actualites/index.html", []).head.feeds]
    assert [f"https://sourcelle.example/fils/actualites.{s}" for s in ("xml", "atom", "json")] == found


def test_changing_a_text_changes_its_feeds_only():
    """The feed of another fil has the same digest as before."""
    before = [article("une"), article("defi", folder="projets")]
    after = [replace(before[0], digest="autre", body=Body("<p>Autre</p>", "autre")), before[1]]
    old, new = ({s.path: s.digest for s in edition("public", e).sheets} for e in (before, after))
    changed = {p for p in old if old[p] != new[p]}
    feeds = {f"fils/{f}.{s}" for f in ("tout", "actualites") for s in ("xml", "atom", "json")}
    assert feeds | {"actualites/une/index.html"} == changed


def test_a_sample_entry_has_a_feed_item():
    """The hand-made entry of other tests is one that a feed takes."""
    assert ["Essai"] == [item.title for item in items([sample_entry()])]


def test_what_a_public_feed_no_longer_shows_is_in_pages_that_do_not_move(monkeypatch: pytest.MonkeyPatch):
    """From page to page each entry once; a new one changes one archive alone; restricted editions have none.

    Nor has a circonscription that nobody gathers: they cost as much as all of its feeds together.
    """
    assert {} == archives([article(f"n{rank}") for rank in range(60)])
    federated = replace(sample_newsroom(), has_archives=True)
    monkeypatch.setattr("tests.compose.newsstand.sample_newsroom", lambda: federated)
    dates = [(NOW - timedelta(days=rank)).date().isoformat() for rank in range(1, 130)]
    entries = [article(f"n{rank}", date=date) for rank, date in enumerate(dates)]
    before, after = (archives(found) for found in (entries, [article("neuf", date=NOW.date().isoformat()), *entries]))
    root, path = "https://sourcelle.example/", "fils/actualites.json"
    found: list[str] = []
    while path:
        feed = view("public", path, entries)
        found += [item.url for item in feed.items]
        path = feed.older.removeprefix(root)
    assert [f"{root}actualites/n{rank}/" for rank in range(129)] == found
    assert 1 == sum(before.get(name) != told for name, told in after.items())
    assert {} == archives(entries, "directeurs")


def archives(entries: list, name: str = "public") -> dict[str, str]:
    """Return what each archive of an edition tells."""
    return {s.path: repr(s.view) for s in edition(name, entries).sheets if s.path.startswith("fils/archives/")}
