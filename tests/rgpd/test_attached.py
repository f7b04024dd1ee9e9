"""Tests of rgpd/attached.py, usable.py and readable.py: what a file to download says is looked at like a text."""

from dataclasses import replace

import pytest

from gazette.model.finding import Severity
from gazette.model.media import Measure
from gazette.rgpd.attached import attached
from gazette.rgpd.case import Case
from gazette.rgpd.readable import readable
from gazette.rgpd.usable import usable
from tests.samples import NOW, Shelf, sample_attachment, sample_entry, sample_newsroom

ENTRY = sample_entry(attachments=(sample_attachment(),))


def case(**facts: object) -> Case:
    """Return the circumstances in which the sample file was measured so."""
    measure = replace(Measure(size=1000, format="pdf"), **facts)  # type: ignore[arg-type]
    return Case(sample_newsroom(), NOW, {"f1": measure}, memo=Shelf())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nom\tPrénom\tDate de naissance\nDUPONT\tEmma\t12/03/2018", {"RGPD-20", "RGPD-36"}),
        ("Nom de l’élève : ………… Prénom : ………… Classe : …………", set()),
        ("Appelez Léa Martin au 06 12 34 56 78.", {"RGPD-20", "RGPD-32"}),
        ("La randonnée part à 9 h.", set()),
    ],
)
def test_what_a_file_says_is_looked_at(text: str, codes: set[str]):
    """A list is refused, a blank form passes; nothing of it is repeated, and it is scanned once."""
    circumstances = case(text=f"{text}\fCarnet")
    first, again = (list(attached(ENTRY, circumstances)) for _ in range(2))
    told = " ".join(f.message for f in first)
    assert (codes, True, False) == (
        {f.code for f in first if f.severity is Severity.REFUSE},
        first == again,
        any(secret in told for secret in ("Emma", "DUPONT", "Léa", "34")),
    )


def test_the_page_is_told():
    """Where there are several."""
    found = list(attached(ENTRY, case(text="Bonjour\fAppelez le 06 12 34 56 78\fCarnet")))
    assert [True] == [f.message.endswith(", page 2") for f in found]


def test_what_is_for_the_ent_is_not_printed_nor_looked_at():
    """Its file stays out with its text."""
    assert [] == list(attached(replace(ENTRY, ent_only=True), case(text="06 12 34 56 78")))


@pytest.mark.parametrize(
    ("facts", "count"),
    [({}, 0), ({"lacks": ("il n'est pas balisé",)}, 1), ({"size": 12_000_000}, 1), ({"fault": "x"}, 0)],
)
def test_what_readers_will_miss_is_noted(facts: dict[str, object], count: int):
    """Its weight from 10 MB, and what a screen reader needs."""
    assert [("RGPD-52", Severity.NOTE)] * count == [(f.code, f.severity) for f in usable(ENTRY, case(**facts))]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"fault": "abîmé"}, [("RGPD-25", "fichier « carnet.pdf » abîmé", "exportez-le à nouveau en PDF")]),
        ({"fault": "lourd", "remedy": "allégez"}, [("RGPD-25", "fichier « carnet.pdf » lourd", "allégez")]),
        ({}, []),
    ],
)
def test_what_cannot_be_read_is_refused(facts: dict[str, object], told: list[tuple[str, str, str]]):
    """With the remedy that its reader knows."""
    assert told == [(f.code, f.message, f.remedy) for f in readable(ENTRY, case(**facts))]
