"""Tests of model/entry.py: what stands for an entry, and the kinds there are."""

import dataclasses

import pytest

from gazette.model.cahier import Cahier, Contribution
from gazette.model.entry import Entry
from gazette.model.figures import Figures
from gazette.model.finding import Place
from tests.samples import sample_entry


def test_an_entry_stands_for_its_identity_and_digest():
    """Views are digested by their parts: no word of the text, and a change changes it."""
    entry = sample_entry()
    assert ("Actualite(actualites/2026-11-02-essai@e1)", True) == (
        repr(entry),
        repr(entry) != repr(dataclasses.replace(entry, digest="e2")),
    )


@pytest.mark.parametrize(("key", "line", "column"), [("titre", 2, 8), ("absente", 1, 1), ("", 1, 1)])
def test_a_key_has_a_place(key: str, line: int, column: int):
    """A key that was not written stands at the head of the file."""
    entry = sample_entry(lines={"titre": (2, 8)})
    assert Place("actualites/2026-11-02-essai.md", line, column) == entry.place(key)


KINDS = {kind.kind: kind for kind in Entry.__subclasses__()}


def test_kinds_are_those_of_the_contract():
    """Each says its name, none twice; a book and its contributions, and a file of figures, are some of them."""
    names = {"actualite", "projet", "info_direction", "outil", "evenement", "ecole", "page", "cahier", "contribution"}
    assert (names | {"donnees"}, len(KINDS)) == (set(KINDS), len(Entry.__subclasses__()))
    assert [Cahier, Contribution, Figures] == [KINDS[name] for name in ("cahier", "contribution", "donnees")]


@pytest.mark.parametrize("kind", KINDS.values())
def test_entries_are_frozen(kind: type[Entry]):
    """What passed a stage is not changed behind it."""
    entry = object.__new__(kind)
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry.title = "autre"  # type: ignore[misc]  # what must fail
