"""Tests of compose/recall.py: what is not composed again is what it would be, and whatever else changes is."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gazette.build import build
from gazette.compose.stage import compose
from gazette.model.cleared import Cleared
from gazette.model.entry import Entry
from gazette.model.newsroom import Identity, Ink
from gazette.model.register import Register, Withdrawal
from gazette.model.sheet import Edition
from tests.compose.newsstand import article, audience, happening, tool
from tests.samples import NOW, Shelf, Site, sample_newsroom

CODE = "this code"


def composed(entries: list[Entry], memo: Shelf | None = None, name: str = "directeurs", **facts: Any) -> Edition:  # noqa: ANN401  # any fact
    """Compose an edition of entries, with what a memo recalls."""
    told = {"now": NOW, "register": Register(), "made_with": CODE, "notice": "", "has_search": False} | facts
    cleared = tuple(Cleared(entry, told["notice"]) for entry in entries)
    return compose(
        *(cleared, audience(name), told.get("newsroom", sample_newsroom()), told["now"], {}, b"s", told["register"]),
        has_search=told["has_search"],
        memo=memo,
        made_with=told["made_with"],
    )


def faced(name: str, digest: str = "1") -> Entry:
    """Return an article of the directors as reading gives it: with a face, which no word changes."""
    return replace(article(name, audience="directeurs"), digest=f"{name}{digest}", face=f"visage de {name}")


def digests(edition: Edition) -> dict[str, str]:
    """Return what tells each sheet."""
    return {sheet.path: sheet.digest for sheet in edition.sheets}


def viewed(edition: Edition) -> set[str]:
    """Return the paths of the sheets that were composed."""
    return {sheet.path for sheet in edition.sheets if sheet.view is not None}


def test_nothing_that_stays_is_composed_again_and_it_is_what_it_was():
    """The same sheets in the same order, their sources and what search engines are told among them."""
    memo, entries = (
        Shelf(),
        [faced("une"), faced("deux"), happening("sortie", "2026-12-01"), tool("tube")],
    )
    first = composed(entries, memo)
    second = composed(entries, memo)
    parts = [[(s.path, s.form, s.digest, s.sources, s.weighs) for s in e.sheets] for e in (first, second)]
    assert parts[0] == parts[1]
    assert {"index.html", "actualites/index.html", "actualites/une/index.html"} <= viewed(first) - viewed(second)
    assert {"sitemap.xml", "fils/tout.xml"} <= viewed(second)


def test_what_changed_of_an_entry_but_for_its_face_is_composed_alone():
    """Its own page, and what is composed every time; nobody else's page."""
    memo, others = Shelf(), [faced("deux"), happening("sortie", "2026-12-01")]
    always = viewed(composed([faced("une"), *others], memo) and composed([faced("une"), *others], memo))
    changed = composed([faced("une", "2"), *others], memo)
    assert {"actualites/une/index.html"} == viewed(changed) - always
    assert digests(composed([faced("une", "2"), *others])) == digests(changed)


@pytest.mark.parametrize(
    "facts",
    [
        {"made_with": "other code"},
        {"now": NOW + timedelta(days=1)},
        {"notice": "brouillon"},
        {"has_search": True},
        {"newsroom": replace(sample_newsroom(), digest="autre")},
        {"newsroom": replace(sample_newsroom(), identity=Identity(Ink("0b5e7a", "#0b5e7a", "#9bd3ea")))},
        {"register": Register((Withdrawal(id="RET-1", day=NOW.date(), motive="fin", edition="public"),))},
    ],
    ids=["the code", "the day", "a notice", "what is wanted", "the circonscription", "its colours", "withdrawals"],
)
def test_whatever_else_changes_everything_is_composed_again(facts: dict[str, Any]):
    """One digest tells it all."""
    memo, entries = Shelf(), [faced("une"), faced("deux")]
    composed(entries, memo)
    again = composed(entries, memo, **facts)
    assert {s.path for s in again.sheets} == viewed(again)


@pytest.mark.parametrize(
    "entries",
    [
        [faced("une")],
        [faced("une"), faced("deux"), faced("trois")],
        [faced("une"), replace(faced("deux"), face="autre visage")],
        [faced("une"), replace(faced("deux"), face="")],
    ],
    ids=["one less", "one more", "another face", "no face"],
)
def test_another_face_composes_everything_again(entries: list[Entry]):
    """An entry more, less, or with another title."""
    memo = Shelf()
    composed([faced("une"), faced("deux")], memo)
    again = composed(entries, memo)
    assert {s.path for s in again.sheets} == viewed(again)


def test_each_edition_recalls_its_own():
    """What the public edition was made of is nothing to the directors'."""
    memo, entries = Shelf(), [faced("une"), faced("deux")]
    composed(entries, memo, "public")
    again = composed(entries, memo, "directeurs")
    assert {s.path for s in again.sheets} == viewed(again)


def test_a_page_that_went_is_printed_again_though_it_was_not_composed(site: Site):
    """What stands no more needs a view: the edition is composed in full."""
    build(site.order())
    page = site.output / "public/index.html"
    whole = page.read_bytes()
    page.unlink()
    report = build(site.order())
    assert (whole, 1) == (page.read_bytes(), report.counts["public"].printed)


def test_an_edit_and_its_build_from_nothing_print_the_same(site: Site, tmp_path: Path):
    """A word more in a text, then all of it again elsewhere."""
    build(site.order())
    some = next(e for e in site.read().entries if e.face)
    site.write(some.path, f"{some.source.rstrip()}\n\nUn mot de plus.\n")
    report = build(site.order())
    assert 0 < sum(c.printed for c in report.counts.values()) < sum(c.sheets for c in report.counts.values()) / 4
    fresh = replace(site.order(), output=tmp_path / "neuf" / "output", is_fresh=True)
    build(fresh)
    assert _bytes(fresh.output) == _bytes(site.output)


def _bytes(folder: Path) -> dict[str, str]:
    files = (f for f in sorted(folder.rglob("*")) if f.is_file())
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
