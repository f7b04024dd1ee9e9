"""Tests of rgpd/approval.py: what was changed since its approval is not printed where the fil asks for one."""

from dataclasses import replace
from datetime import date

import pytest

from gazette.model.entry import Approval
from gazette.rgpd.approval import approval
from gazette.rgpd.case import Case, Hold
from tests.samples import NOW, sample_entry, sample_newsroom

GIVEN = Approval("ien", date(2026, 11, 2), "s1")


def told(way: str, given: Approval | None, **facts: object) -> list[tuple[str, str, str]]:
    """Return kind of answer, severity and message for an entry signed ``s1`` in a fil approved this way."""
    newsroom = sample_newsroom()
    fils = tuple(replace(f, approval=way) for f in newsroom.fils)
    case = Case(replace(newsroom, fils=fils), NOW, {})
    entry = sample_entry(**({"approval": given, "source_digest": "s1"} | facts))
    found = [(a, a.finding) if isinstance(a, Hold) else (a, a) for a in approval(entry, case)]
    return [(type(a).__name__, f.severity.label, f.message) for a, f in found if f]


@pytest.mark.parametrize(
    ("given", "empreinte", "fusion"),
    [
        (GIVEN, [], []),
        (None, [("Hold", "refus", "texte non approuvé")], []),
        (
            replace(GIVEN, digest="s2"),
            [("Hold", "refus", "texte modifié depuis son approbation")],
            [("Finding", "note", "approbation périmée : le texte a changé depuis")],
        ),
        (
            replace(GIVEN, role="erun"),
            [("Hold", "refus", "texte modifié depuis son approbation")],
            [("Finding", "note", "approbation périmée : le texte a changé depuis")],
        ),
    ],
)
def test_a_fil_says_how_it_is_approved(
    given: Approval | None, empreinte: list[tuple[str, str, str]], fusion: list[tuple[str, str, str]]
):
    """By a digest that must match, or by the merge that brought the text here: then a stale one is a note."""
    assert (empreinte, fusion) == (told("empreinte", given), told("fusion", given))


@pytest.mark.parametrize("facts", [{"status": "brouillon"}, {"folder": "pages"}])
def test_what_is_not_published_in_a_fil_needs_none(facts: dict[str, str]):
    """A draft waits for its author first, and free pages have no fil."""
    assert [] == told("empreinte", None, **facts)


def test_an_unsigned_entry_is_no_approved_one():
    """An approval without a digest does not match a missing signature."""
    assert 1 == len(told("empreinte", replace(GIVEN, digest=""), source_digest=""))
