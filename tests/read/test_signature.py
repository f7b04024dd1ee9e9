"""Tests of read/signature.py: what an approval signs changes with everything an author writes, and nothing else."""

import pytest

from gazette.model.entry import Entry
from tests.samples import Site

PATH = "actualites/2026-11-18-affiche/index.md"


def entry(site: Site, path: str = PATH) -> Entry:
    """Read one entry of a copied circonscription."""
    return next(e for e in site.read().entries if e.path == path)


def signature(site: Site) -> str:
    """Return the signature of the entry that the tests change."""
    return entry(site).source_digest


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("statut: publie", "statut: publie\nvalidation: {par: ien, le: 2026-11-20, empreinte: abc}"),
        ("statut: publie", "statut: publie\nvalidation:\n  par: ien\n  le: 2026-11-20"),
        ("\n", "\r\n"),
        ("---\ntitre", "\ufeff---\ntitre"),
        ("semaine", "semaine"),
        ("statut: publie", "statut: publie   # relu"),
        ("qu’elle", "qu’e\u200dlle".replace("\u200d", "")),
        ("À imprimer", "A\u0300 imprimer"),
        ("étapes.\n", "e\u0301tapes.\n"),
    ],
)
def test_how_it_was_typed_is_not_signed(site: Site, before: str, after: str):
    """The approval itself, line ends, a byte order mark, comments and composed letters leave the signature alone."""
    signed = signature(site)
    full = site.content / PATH
    full.write_bytes(full.read_text("utf-8").replace(before, after).encode())
    assert signed == signature(site)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("titre: L’affiche", "titre: Une affiche"),
        ("statut: publie", "statut: publie\nedition: enseignants"),
        ("alt: Un triangle bleu", "alt: Un triangle vert"),
        ("Trois étapes", "Quatre étapes"),
        ("![Un triangle](dessin.png)\n", ""),
        ("date: 2026-11-18", "date: 2026-11-19"),
    ],
)
def test_every_word_is_signed(site: Site, before: str, after: str):
    """A key, the audience or the text cannot change behind an approval."""
    signed = signature(site)
    site.change(PATH, before, after)
    assert signed != signature(site)


def test_pictures_are_signed(site: Site):
    """Another picture under the same name is another entry."""
    signed = signature(site)
    full = site.content / "actualites/2026-11-18-affiche/dessin.png"
    full.write_bytes(full.read_bytes() + b"\0")
    assert signed != signature(site)


def test_an_approval_for_some_is_none_for_all(site: Site):
    """The same file moved to a more open fil has another signature."""
    signed = entry(site, "directeurs/2026-11-23-effectifs.md").source_digest
    text = (site.content / "directeurs/2026-11-23-effectifs.md").read_text("utf-8")
    moved = text.replace("numero_note: NS n° 3\n", "")
    site.write("directeurs/2026-11-23-effectifs.md", moved)
    here = entry(site, "directeurs/2026-11-23-effectifs.md").source_digest
    site.write("actualites/2026-11-23-effectifs.md", moved)
    there = entry(site, "actualites/2026-11-23-effectifs.md").source_digest
    assert 3 == len({signed, here, there})


def test_line_ends_of_yaml_hide_nothing(site: Site):
    """A line separator inside the approval does not shelter the next key from the signature."""
    site.change(PATH, "date: 2026-11-18", 'validation: {par: "ien\u2028", le: 2026-11-20}\ndate: 2026-11-18')
    signed = signature(site)
    site.change(PATH, "date: 2026-11-18", "date: 2026-11-19")
    assert signed != signature(site)


def test_signatures_are_sha_256(site: Site):
    """Every entry has one, in hexadecimal."""
    assert {64} == {len(e.source_digest) for e in site.read().entries}
