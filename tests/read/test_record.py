"""Tests of read/record.py: an entry that the memo gives back is the one that was read, or it is read anew."""

import datetime as dt
import hashlib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from gazette.errors import ForgottenError
from gazette.model.entry import Actualite, Entry, Window
from gazette.model.moment import Moment
from gazette.pool import Pool
from gazette.read import newsroom
from gazette.read.media import MediaFolder
from gazette.read.record import Records
from gazette.read.stage import read
from tests.samples import CONTENT, NOW, ROOT, Shelf, Site, sample_entry, sample_image, sample_newsroom

PATH = "actualites/2026-11-02-essai.md"
GOOD = "---\ntitre: Un texte\ndate: 2026-11-02\nstatut: publie\nauteur: equipe\nresume: R.\n---\n\nTexte.\n"


def told(entry: Entry) -> tuple[str, dict[str, Any]]:
    """Return all that an entry holds, what comparing leaves out too."""
    return type(entry).__name__, {f.name: getattr(entry, f.name) for f in fields(entry)}


class Unasked(Pool):
    """Workers that nobody may ask."""

    def ask(self, documents: object) -> Any:  # noqa: ANN401  # answers
        raise AssertionError(documents)


@pytest.mark.parametrize("content", [CONTENT, ROOT / "content"], ids=["small", "demo"])
def test_every_entry_of_a_circonscription_is_the_same_out_of_the_memo(content: Path, pool: Pool):
    """All fields of all kinds, body and source and lines with them, and no worker is asked."""
    memo, room = Shelf(), newsroom(content)
    first = read(content, room, NOW, memo, pool)
    second = read(content, room, NOW, memo, Unasked("nobody"))
    kept = {key.split(":")[2] for key in memo if key.startswith("entree:")}
    assert [told(e) for e in (*first.entries, *first.waiting)] == [told(e) for e in (*second.entries, *second.waiting)]
    assert (first.findings, True) == (second.findings, len(kept) >= len(first.entries) * 3 // 4)


def kept(entry: Entry, folder: Path) -> dict[str, Any]:
    """Return the fields of an entry that was kept and read again."""
    records = Records(sample_newsroom(), MediaFolder(folder, Shelf()), Shelf())
    records.keep(entry, "0")
    return records.known({entry.path: "0"})[entry.path][1]


def test_texts_are_fetched_when_they_are_read(tmp_path: Path):
    """While the memo can be asked; a text that is not there any more is never taken for an empty one."""
    memo, entry = Shelf(), sample_entry(source="Tout le fichier.")
    records = Records(sample_newsroom(), MediaFolder(tmp_path, memo), memo, is_open=True)
    records.keep(entry, "0")
    made, facts = records.known({entry.path: "0"})[entry.path]
    again = made(**facts | {"origin": entry.origin})
    found = again.body.html, again.body.text, again.source
    for key in [key for key in memo if key.startswith("texte:")]:
        del memo[key]
    with pytest.raises(ForgottenError):
        print(again.source)
    assert (entry.body.html, entry.body.text, "Tout le fichier.") == found


def test_an_entry_whose_texts_are_lost_is_read_anew(tmp_path: Path):
    """Where they are wanted at once."""
    memo, entry = Shelf(), sample_entry()
    records = Records(sample_newsroom(), MediaFolder(tmp_path, memo), memo)
    records.keep(entry, "0")
    for key in [key for key in memo if key.startswith("texte:")]:
        del memo[key]
    assert {} == records.known({entry.path: "0"})


def test_hours_windows_and_half_told_values_are_the_same(tmp_path: Path):
    """Midnight is an hour, no is not silence, and an empty text is not the default where there is another."""
    spans = (Window("w", Moment(dt.date(2026, 11, 2), dt.time()), Moment(dt.date(2026, 11, 3))),)
    entry = sample_entry(windows=spans, ent_only=True, lines={"titre": (2, 1)}, expires=dt.date(2027, 1, 1))
    found = kept(entry, tmp_path)
    expected = {"windows": spans, "ent_only": True, "lines": {"titre": (2, 1)}, "expires": dt.date(2027, 1, 1)}
    assert expected == {name: found[name] for name in expected}


def test_a_medium_that_changed_has_its_entry_read_anew(tmp_path: Path):
    """Its digest is the entry's."""
    records = Records(sample_newsroom(), MediaFolder(tmp_path, Shelf()), Shelf())
    entry = sample_entry(images=(sample_image(digest="0" * 64),))
    records.keep(entry, "0")
    assert {} == records.known({entry.path: "0"})


def test_a_picture_put_in_the_place_of_another_is_seen(site: Site):
    """The text did not change, the picture did."""
    text = GOOD.replace("resume: R.", "resume: R.\nimages:\n  - fichier: a.png\n    alt: A")
    site.write(PATH, text)
    memo, seen = Shelf(), []
    for data in (b"un", b"deux", b"un"):
        site.write("actualites/a.png", data)
        seen += [next(e for e in site.read(memo=memo).entries if e.path == PATH).images[0].digest for _ in range(2)]
    assert ([hashlib.sha256(data).hexdigest() for data in (b"un", b"un", b"deux", b"deux", b"un", b"un")]) == seen


def test_what_has_no_record_is_a_bug():
    """A noun that an entry comes to hold is to be named among the kinds."""

    class Other(Actualite):
        """Not one of ours."""

    entry = sample_entry()
    records = Records(sample_newsroom(), MediaFolder(Path(), Shelf()), Shelf())
    with pytest.raises(TypeError):
        records.keep(Other(**told(entry)[1]), "0")


def test_a_text_that_no_memo_holds_is_not_kept(tmp_path: Path):
    """A NUL would cut it, half a character could not be written."""
    for text in ("a\0b", "a\ud800b"):
        memo, entry = Shelf(), sample_entry()
        records = Records(sample_newsroom(), MediaFolder(tmp_path, memo), memo)
        records.keep(replace(entry, body=replace(entry.body, text=text)), "0")
        assert {} == memo


def test_another_configuration_reads_anew(tmp_path: Path):
    """Who may read, roles and fils are the circonscription's."""
    memo, entry = Shelf(), sample_entry()
    media = MediaFolder(tmp_path, memo)
    Records(sample_newsroom(), media, memo).keep(entry, "0")
    others = Records(replace(sample_newsroom(), digest="other"), media, memo)
    assert {} == others.known({entry.path: "0"})


CHANGES = {
    "a word": ("Texte.", "Un autre texte, plus long.", True),
    "a line more before the text": ("auteur: equipe", "# une remarque\nauteur: equipe", True),
    "the title": ("Un texte", "Un titre", False),
    "the summary": ("resume: R.", "resume: S.", False),
    "the day": ("2026-11-02", "2026-11-03", False),
    "a heading, to which others link": ("Texte.", "## Titre\n\nTexte.", False),
    "a link": ("Texte.", "[Texte](autre.md)", False),
    "a picture of its text": ("Texte.", "![](a.png)", False),
    "what it announces": ("auteur: equipe", "auteur: equipe\nevenements:\n  - {debut: 2026-12-01}", False),
}


@pytest.mark.parametrize(("before", "after", "is_same"), CHANGES.values(), ids=CHANGES)
def test_a_face_changes_with_all_but_words(tmp_path: Path, before: str, after: str, is_same: bool):
    """What other pages show of an entry tells it from what its own alone shows; its digest changes with either."""
    (tmp_path / PATH).parent.mkdir()
    found = []
    for text in (GOOD, GOOD.replace(before, after)):
        (tmp_path / PATH).write_text(text)
        found.append(read(tmp_path, sample_newsroom(), NOW, Shelf()).entries[0])
    assert found[0].digest != found[1].digest
    assert (is_same, True) == (found[0].face == found[1].face, bool(found[0].face))


@pytest.mark.parametrize("kind", ["evenements", "ecoles", "outils"])
def test_what_other_pages_show_whole_has_no_face(kind: str, pool: Pool):
    """Of an event, a school, a tool, the digest alone tells."""
    entries = [e for e in read(CONTENT, newsroom(CONTENT), NOW, Shelf(), pool).entries if e.folder == kind]
    assert {""} == {entry.face for entry in entries}
