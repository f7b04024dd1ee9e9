"""Tests of rgpd/one_project.py: one project, no blank cheque."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.one_project import one_project
from tests.samples import NOW, sample_authorisation, sample_entry, sample_image, sample_newsroom

PICTURE = sample_image(people="eleves", authorisation="AUT-1")


def told(**facts: object) -> list[tuple[str, str]]:
    """Return code and severity of what is found in an entry that shows pupils."""
    case = Case(sample_newsroom(), NOW, {}, {"AUT-1": sample_authorisation(**facts)})
    found = [getattr(a, "finding", a) for a in one_project(sample_entry(images=(PICTURE,)), case)]
    return [(f.code, f.severity.label) for f in found]


@pytest.mark.parametrize("project", ["actualites/2026-11-02-essai", "2026-11-02-essai", "essai"])
def test_the_entry_it_was_signed_for(project: str):
    """By identity, by file name or by the name of the address."""
    assert [] == told(projects=("autre", project))


@pytest.mark.parametrize("projects", [(), ("2026-11-03-autre",)])
def test_another_entry(projects: tuple[str, ...]):
    """Each project asks again."""
    assert [("RGPD-14", "refus")] == told(projects=projects)


@pytest.mark.parametrize(
    "fact",
    [
        {"purpose": "tous usages"},
        {"territory": "illimité"},
        {"dates": ("toute l’année",)},
        {"supports": ("tous supports",)},
    ],
)
def test_a_blank_cheque(fact: dict[str, object]):
    """It has no legal value."""
    assert [("RGPD-14", "refus")] == told(**fact)
