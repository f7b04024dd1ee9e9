"""Tests of rgpd/register_anonymous.py: the register counts pupils and names none."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.register_anonymous import register_anonymous
from tests.samples import NOW, Site, sample_authorisation, sample_newsroom


def told(source: str) -> list[tuple[str, str, int]]:
    """Return code, severity and line of what is found in a record."""
    case = Case(sample_newsroom(), NOW, {}, {"AUT-1": sample_authorisation(source=source)})
    return [(f.code, f.severity.label, f.place.line) for f in register_anonymous(case)]


@pytest.mark.parametrize(
    "line",
    [
        "prenom: Nour",
        "eleves:\n  - nom: Sorel",
        "date_naissance: 2018-06-04",
        "lieu: chez Inès Sorel",
        "ine: 0107707144H",
    ],
)
def test_an_identity_is_refused(line: str):
    """A key that asks for one, or a name anywhere."""
    assert {("RGPD-18", "refus")} == {(code, severity) for code, severity, _ in told(f"types: [image]\n{line}")}


def test_its_line_is_told():
    """In the record itself."""
    assert [("RGPD-18", "refus", 2)] == told("types: [image]\nprenom: x")


def test_the_fixture_counts_and_names_nobody(site: Site):
    """Two records, both lawful."""
    case = Case(site.newsroom(), NOW, {}, site.read().authorisations)
    assert [] == list(register_anonymous(case))
