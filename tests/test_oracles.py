"""Oracles O1 and O2 over random small circonscriptions: what is printed for an audience, compared byte for byte.

Each is printed by the builds that people run, in this process, on a disk in memory where there is one; the workers that
decode are lent from one build to the next, since starting them costs more than all the rest.
"""

import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from PIL import Image

from gazette.build import build
from gazette.pool import Pool
from gazette.press.worker import DECODER
from gazette.removal import withdraw
from gazette.withdrawal.withdraw import Request
from tests.disk import MEMORY
from tests.plain import SETTINGS, digests
from tests.samples import CONTENT, Site

EDITIONS = ("public", "enseignants", "directeurs")
FRAME = ("circonscription.yml", "registres/cle.yml", "registres/retraits.yml", "ecoles/0869001S.md")
AUTHORISATION = "AUT-2026-002"


IS_WHOLE = "GAZETTE_COMPLET" in os.environ


@dataclass(frozen=True)
class Draft:
    """An entry to write: what a page, a list, a feed, a calendar and a file may show of it."""

    rank: int
    fil: str
    edition: str
    day: int
    words: Sequence[str]
    keys: frozenset[str]
    """Front-matter keys it has."""
    media: frozenset[str]
    """Of ``dessin``, ``eleves`` (a drawing that pupils made) and ``papier``."""
    link: int
    """Rank of the entry it leads to."""

    @property
    def stem(self) -> str:
        """Return where it stands, without its file's name; no two of them share an address."""
        return f"{self.fil}/2026-11-{self.day:02}-hasard-{self.rank}"

    @property
    def audience(self) -> str:
        """Return the edition it is for: the floor of its fil, whatever it says."""
        return "directeurs" if self.fil == "directeurs" else self.edition

    def text(self, others: "Sequence[Draft]", media: frozenset[str]) -> str:
        """Return its file, with only some of its media."""
        told = self.rank
        facts: dict[str, object] = {"titre": f"Article {told}", "date": f"2026-11-{self.day:02}", "statut": "publie"}
        facts |= {"resume": f"Résumé {told}.", "mots_cles": list(self.words), "edition": self.audience}
        facts |= {"debut": "2026-11-30"} if self.fil == "evenements" else {}
        values = {
            "ecoles": ["0869001S"],
            "echeances": [{"libelle": f"Réponse {told}", "date": f"2026-12-0{told + 1}"}],
            "fenetres": [{"libelle": f"Saisie {told}", "debut": "2026-11-20", "fin": "2026-12-04"}],
            "evenements": [{"id": f"e{told}", "titre": f"Réunion {told}", "debut": f"2026-12-1{told} 14:00"}],
            "epingle": "2026-12-31",
            "aussi_dans": ["projets"],
        }
        facts |= {key: values[key] for key in sorted(self.keys) if self.fil != "evenements" or key == "ecoles"}
        drawing = {"fichier": "dessin.png", "alt": f"Un dessin {told}", "personnes": "aucune"}
        work = {"fichier": "eleves.png", "alt": "Un jardin", "personnes": "aucune", "oeuvre_eleve": True}
        images = [drawing] if "dessin" in media else []
        images += [work | {"autorisation": AUTHORISATION, "credit": "La classe de CM1"}] if "eleves" in media else []
        facts |= {"images": images} if images else {}
        facts |= {"fichiers": [{"fichier": "papier.txt", "personnes": "aucune"}]} if "papier" in media else {}
        other = others[self.link % len(others)]
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
        return "\n".join(("---", *lines, "---", "", f"Texte de l’article {told} ([un autre](../{other.stem}.md)).", ""))


@st.composite
def drafts(draw: st.DrawFn) -> list[Draft]:
    """Draw two to five entries of any fil, for any audience."""
    return [
        Draft(
            rank,
            draw(st.sampled_from(("actualites", "projets", "directeurs", "evenements"))),
            draw(st.sampled_from(EDITIONS)),
            draw(st.integers(1, 23)),
            draw(st.lists(st.sampled_from(("lecture", "jardin", "robots")), unique=True, max_size=2)),
            draw(st.frozensets(st.sampled_from("ecoles echeances fenetres evenements epingle aussi_dans".split()))),
            draw(st.frozensets(st.sampled_from(("dessin", "eleves", "papier")))),
            draw(st.integers(0, 4)),
        )
        for rank in range(draw(st.integers(2, 5)))
    ]


@pytest.fixture(scope="module")
def lent(pool: Pool) -> Iterator[Pool]:
    """Lend the same workers to every build of this module."""
    with Pool(DECODER) as decoders, pytest.MonkeyPatch.context() as patch:
        for starts in ("build", "press.media"):
            patch.setattr(f"gazette.{starts}.Pool", lambda _: nullcontext(decoders))
        yield pool


def picture(rank: int) -> bytes:
    """Return a drawing that no other entry has, nor looks like."""
    stream = io.BytesIO()
    small = Image.frombytes("L", (9, 8), bytes((rank * 37 + n * n * 11) % 256 for n in range(72)))
    small.resize((90, 80)).save(stream, "PNG")
    return stream.getvalue()


def write(site: Site, entry: Draft, others: Sequence[Draft], media: frozenset[str]) -> None:
    """Write an entry with some of its media."""
    site.write(f"{entry.stem}/index.md", entry.text(others, media))
    made = {"dessin": ("dessin.png", picture(entry.rank)), "eleves": ("eleves.png", picture(entry.rank + 50))}
    made["papier"] = ("papier.txt", f"Papier de l’article {entry.rank}.".encode())
    for name in media:
        site.write(f"{entry.stem}/{made[name][0]}", made[name][1])


def framed(folder: Path, pool: Pool, others: Sequence[Draft]) -> Site:
    """Return a circonscription with nothing but its frame, and an authorisation for what pupils made."""
    site = Site(folder / "content", folder / "output", pool)
    for path in FRAME:
        site.write(path, (CONTENT / path).read_bytes())
    known = (CONTENT / "registres/autorisations/AUT-2026-002.yml").read_text("utf-8")
    known = known.replace("[image, voix]", "[image, production]")
    known = known.replace("[site-public]", "[site-public, site-enseignants, site-directeurs]")
    projects = ", ".join(o.stem.rpartition("/")[2] for o in others)
    site.write(
        f"registres/autorisations/{AUTHORISATION}.yml",
        known.replace("[2026-11-13-jardin, 2026-11-19-comptine]", f"[{projects}]"),
    )
    return site


def printed(site: Site, output: Path, *editions: str) -> dict[str, dict[str, str]]:
    """Build from nothing; return the digest of every file, by edition and path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_CONTENU", str(site.content))
        report = build(site.order(settings=SETTINGS, output=output, editions=editions), pool=site.pool)
    assert (False, 0) == (report.is_closed, report.left_out), report.findings
    return {name: digests(output / name) for name in editions or EDITIONS}


@settings(max_examples=500 if IS_WHOLE else 15)
@given(entries=drafts())
def test_nothing_restricted_changes_a_byte_of_a_more_open_edition(lent: Pool, entries: list[Draft]):
    """O1: each edition is what it is without the entries that its audience may not read."""
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="o1-") as name:
        site = framed(Path(name), lent, entries)
        found = {}
        for rank, edition in enumerate(EDITIONS):
            for entry in entries:
                if entry.audience == edition:
                    write(site, entry, entries, entry.media)
            wanted = (edition,) if rank < 2 else ()
            found[edition] = printed(site, Path(name, edition), *wanted)
    whole = found["directeurs"]
    for edition in EDITIONS[:2]:
        assert found[edition][edition] == whole[edition]


@settings(max_examples=500 if IS_WHOLE else 15)
@given(entries=drafts(), data=st.data())
def test_withdrawn_is_as_never_published(lent: Pool, entries: list[Draft], data: st.DataObject):
    """O2: an entry, a file or what an authorisation covered, printed then withdrawn, is as if it never was there."""
    gone = data.draw(st.sampled_from(entries))
    what = data.draw(st.sampled_from(("entree", *sorted(gone.media))))
    event(what)
    request = {
        "entree": Request(entry=gone.stem),
        "dessin": Request(file=f"{gone.stem}/dessin.png"),
        "papier": Request(file=f"{gone.stem}/papier.txt"),
        "eleves": Request(authorisation=AUTHORISATION, motive="autorisation"),
    }[what]
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="o2-") as name, pytest.MonkeyPatch.context() as patch:
        site = framed(Path(name), lent, entries)
        for entry in entries:
            write(site, entry, entries, entry.media)
        printed(site, site.output)
        patch.setenv("GAZETTE_CONTENU", str(site.content))
        assert not withdraw(site.order(settings=SETTINGS), request).report.is_closed
        for entry in entries:
            shutil.rmtree(site.content / entry.stem)
            left = entry.media - {what} if what == "eleves" or entry is gone else entry.media
            if entry is not gone or what != "entree":
                write(site, entry, entries, left)
        never = printed(site, Path(name, "jamais"))
        assert never == {edition: digests(site.output / edition) for edition in EDITIONS}


def test_the_oracles_compare_something(lent: Pool):
    """One entry more, in public, changes bytes of every edition: their comparison can fail."""
    entries = [Draft(n, "projets", "public", 3, (), frozenset(), frozenset(), 0) for n in range(2)]
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="o0-") as name:
        site, found = framed(Path(name), lent, entries), []
        for entry in entries:
            write(site, entry, entries, entry.media)
            found.append(printed(site, Path(name, str(entry.rank))))
    assert [] == [edition for edition in EDITIONS if found[0][edition] == found[1][edition]]
