"""Tests of rgpd/processings.py: a register tells what is done with personal data."""

from dataclasses import replace

import pytest

from gazette.model.processing import Processing
from gazette.read.registers import processings as read_processings
from gazette.rgpd.case import Case
from gazette.rgpd.processings import REQUIRED, processings
from tests.samples import CONTENT, NOW, ROOT, Site, sample_newsroom

WHOLE = tuple(Processing(name, "f", "p", "d", "r", "c", "aucun", "s") for name in REQUIRED)


def told(register: tuple[Processing, ...], *, is_production: bool = False) -> list[tuple[str, str]]:
    """Return code and severity of what is found."""
    case = Case(sample_newsroom(), NOW, {}, processings=register, is_production=is_production)
    return [(f.code, f.severity.label) for f in processings(case)]


def test_a_whole_register():
    """Nothing to tell."""
    assert [] == told(WHOLE, is_production=True)


@pytest.mark.parametrize("rank", range(len(REQUIRED)))
def test_a_processing_that_is_not_there(rank: int):
    """A note in a build, STOP in a publication."""
    register = WHOLE[:rank] + WHOLE[rank + 1 :]
    assert ([("RGPD-10", "note")], [("RGPD-10", "arret")]) == (told(register), told(register, is_production=True))


@pytest.mark.parametrize("field", ["purpose", "people", "data", "recipients", "retention", "transfers", "security"])
def test_something_left_out(field: str):
    """Whichever it is, in any processing."""
    assert [("RGPD-10", "note")] == told((*WHOLE, replace(WHOLE[0], id="cln", **{field: ""})))


@pytest.mark.parametrize("content", [CONTENT, ROOT / "content"], ids=["fixture", "demo"])
def test_our_own_registers_are_whole(content: object):
    """Read from their files."""
    register, faults = read_processings(content)
    assert ([], []) == (faults, told(register))


def test_what_is_left_out_is_told_at_its_line(site: Site):
    """At the key that says nothing, or where its processing begins."""
    site.change("registres/traitements.yml", "    conservation: Tant que l'école est ouverte\n", "    conservation:\n")
    site.change("registres/traitements.yml", "    personnes: Élèves dont l'autorisation est signée\n", "")
    register, _ = read_processings(site.content)
    found = processings(Case(sample_newsroom(), NOW, {}, processings=register))
    assert [("RGPD-10", 8), ("RGPD-10", 11)] == [(f.code, f.place.line) for f in found]


@pytest.mark.parametrize("text", ["traitements: non", "traitements: [{id: a, inconnu: b}]", "- a", "\t:"])
def test_an_unreadable_register_is_told(site: Site, text: str):
    """And counts as none."""
    site.write("registres/traitements.yml", text)
    register, faults = read_processings(site.content)
    assert ((), ["LEC-41"]) == (register, [f.code for f in faults])


def test_no_register(site: Site):
    """Its absence is told by the rule alone."""
    (site.content / "registres" / "traitements.yml").unlink()
    assert ((), []) == read_processings(site.content)
