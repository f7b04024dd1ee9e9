"""Tests of rgpd/controller_academic.py: the academic authority answers for personal data."""

from dataclasses import replace

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.controller_academic import controller_academic
from tests.samples import NOW, sample_newsroom


def told(controller: str, *, is_production: bool = False) -> list[tuple[str, str]]:
    """Return code and severity of what is found."""
    newsroom = sample_newsroom()
    newsroom = replace(newsroom, legal=replace(newsroom.legal, controller=controller))
    case = Case(newsroom, NOW, {}, is_production=is_production)
    return [(f.code, f.severity.label) for f in controller_academic(case)]


@pytest.mark.parametrize(
    "controller",
    [
        "Le directeur académique des services de l'Éducation nationale, par délégation du recteur",
        "La rectrice de l’académie",
        "Le ministre de l’Éducation nationale",
        "",
    ],
)
def test_the_academic_authority(controller: str):
    """Nothing to tell; a missing one is told by R7."""
    assert [] == told(controller)


@pytest.mark.parametrize("controller", ["La directrice de l’école", "Le directeur d'école", "La mairie", "L’ERUN"])
def test_anybody_else(controller: str):
    """A note, STOP in a publication."""
    assert [[("RGPD-08", "note")], [("RGPD-08", "arret")]] == [
        told(controller, is_production=is_production) for is_production in (False, True)
    ]
