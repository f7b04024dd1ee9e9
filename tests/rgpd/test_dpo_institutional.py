"""Tests of rgpd/dpo_institutional.py: no private address."""

from dataclasses import replace

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.dpo_institutional import dpo_institutional
from tests.samples import NOW, sample_newsroom


def told(address: str, *, is_production: bool = False) -> list[tuple[str, str]]:
    """Return code and severity of what is found."""
    newsroom = sample_newsroom()
    newsroom = replace(newsroom, legal=replace(newsroom.legal, dpo_email=address))
    case = Case(newsroom, NOW, {}, is_production=is_production)
    return [(f.code, f.severity.label) for f in dpo_institutional(case)]


@pytest.mark.parametrize("address", ["dpd@ac-sourcelle.example", "dpd@education.gouv.fr", "dpd@ac-montclair.fr"])
def test_an_institution_s(address: str):
    """Of the State, or of a domain declared; one that is missing is told by another rule."""
    assert ([], []) == (told(address), told(""))


def test_a_private_one():
    """A note in a build, STOP in a publication."""
    address = "dpd.sourcelle@gmail.com"
    assert ([("RGPD-09", "note")], [("RGPD-09", "arret")]) == (told(address), told(address, is_production=True))
