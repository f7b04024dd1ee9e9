"""Tests of rgpd/legal_notice.py: what the law asks a publisher to tell is there before anything is published."""

from dataclasses import replace

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.legal_notice import _REQUIRED, legal_notice
from tests.samples import CONTENT, NOW, sample_newsroom


def told(is_production: bool = False, **values: object) -> list[tuple[str, str, str]]:
    """Return code, severity and message when the notice has these values."""
    newsroom = sample_newsroom()
    newsroom = replace(newsroom, legal=replace(newsroom.legal, **values))  # type: ignore[arg-type]  # by field
    case = Case(newsroom, NOW, {}, is_production=is_production)
    return [(f.code, f.severity.label, f.message) for f in legal_notice(case)]


def test_a_whole_notice_says_nothing():
    """The fixture's is whole, in a build and in a publication."""
    assert ([], []) == (told(), told(is_production=True))


@pytest.mark.parametrize(("attribute", "key", "rule"), _REQUIRED)
def test_each_value_is_asked_for(attribute: str, key: str, rule: str):
    """A missing value is a note in a build and closes a publication."""
    missing = () if attribute == "purposes" else ""
    message = f"mention légale manquante : {key}"
    code = f"RGPD-0{rule[1:]}"
    assert ([(code, "note", message)], [(code, "arret", message)]) == (
        told(**{attribute: missing}),
        told(is_production=True, **{attribute: missing}),
    )


@pytest.mark.parametrize("value", ["TODO", "à compléter", "[…]", "Lorem ipsum", "XXX", "[...]"])
def test_a_placeholder_is_no_value(value: str):
    """What a model of the file said is not an answer."""
    assert ["RGPD-02"] == [code for code, _, _ in told(publisher=value)]


@pytest.mark.parametrize(
    ("number", "faults"),
    [
        ("05 99 00 00 00", 0),
        ("0599000000", 0),
        ("05.99.00.00.00", 0),
        ("+33 5 99 00 00 00", 0),
        ("05 99 00 00", 1),
        ("00 99 00 00 00", 1),
        ("voir le site", 1),
    ],
)
def test_a_telephone_number_can_be_dialled(number: str, faults: int):
    """Ten digits, or the international form."""
    assert faults == len(told(publisher_phone=number))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("mentions", "hebergeur"), "  hebergeur:"),
        (("mentions", "absente"), "mentions:"),
        (("absente",), "# Une circonscription inventée"),
        (("editions", 1, "adresse"), "  - {nom: enseignants"),
    ],
)
def test_what_is_told_of_the_configuration_is_told_at_its_line(keys: tuple[str | int, ...], expected: str):
    """At the key, else at what would hold it, else at the head of the file."""
    place = sample_newsroom().place(*keys)
    lines = (CONTENT / place.file).read_text("utf-8").split("\n")
    assert lines[place.line - 1].startswith(expected)
