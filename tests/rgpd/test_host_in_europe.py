"""Tests of rgpd/host_in_europe.py: the host is in the European Economic Area."""

from dataclasses import replace

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.host_in_europe import host_in_europe
from tests.samples import NOW, sample_newsroom


def told(country: str, *, is_production: bool = False) -> list[tuple[str, str]]:
    """Return code and severity of what is found."""
    newsroom = sample_newsroom()
    newsroom = replace(newsroom, legal=replace(newsroom.legal, host_country=country))
    case = Case(newsroom, NOW, {}, is_production=is_production)
    return [(f.code, f.severity.label) for f in host_in_europe(case)]


@pytest.mark.parametrize("country", ["FR", "de", "NO"])
def test_in_it(country: str):
    """Its two letters, in capitals or not."""
    assert [] == told(country)


@pytest.mark.parametrize("country", ["US", "GB", "", "France"])
def test_elsewhere_or_unknown(country: str):
    """A note in a build, STOP in a publication."""
    assert ([("RGPD-38", "note")], [("RGPD-38", "arret")]) == (told(country), told(country, is_production=True))
