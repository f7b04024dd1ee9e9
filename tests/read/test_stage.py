"""Tests of read/stage.py: one bad file costs that file alone, and its author learns where, what and what to do."""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import pytest

from gazette.model.entry import Entry
from gazette.pool import Pool
from gazette.read import READER
from gazette.read.stage import Reading
from tests.samples import NOW, Shelf, Site

GOOD = "---\ntitre: Un texte\ndate: 2026-11-02\nstatut: publie\nresume: R.\n---\n\nTexte.\n"
PATH = "actualites/2026-11-02-essai.md"


def paths(reading: Reading) -> list[str]:
    """Return the path of each entry read."""
    return [entry.path for entry in reading.entries]


def refused(reading: Reading) -> list[tuple[str, int, str]]:
    """Return file, line and code of what costs an entry."""
    return [(f.place.file, f.place.line, f.code) for f in reading.findings if f.severity.label == "refus"]


def test_the_fixture_is_read_whole(site: Site):
    """Every file of the small circonscription is an entry, and nothing is said about any."""
    files = {p.relative_to(site.content).as_posix() for p in site.content.rglob("*.md")}
    reading = site.read()
    assert (sorted(files), ()) == (paths(reading), reading.findings)


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        ("Texte sans en-tête.\n", 1, "LEC-01"),
        ("---\ntitre: Un\n", 1, "LEC-01"),
        (GOOD.replace("resume: R.", "resume: [R"), 5, "LEC-04"),
        (GOOD.replace("resume: R.", "resume: &a R"), 5, "LEC-05"),
        (GOOD.replace("resume: R.", "resume: !!python/object/apply:os.system [ls]"), 5, "LEC-05"),
        (GOOD.replace("resume: R.", "resume: " + "[" * 3000), 5, "LEC-05"),
        (GOOD.replace("resume: R.", "resume: R.\nresume: S."), 6, "LEC-06"),
        (GOOD.replace("resume: R.\n", ""), 2, "LEC-07"),
        (GOOD.replace("2026-11-02", "2/11/26"), 3, "LEC-02"),
        (GOOD.replace("Un texte", "x" * 400), 2, "LEC-09"),
        (GOOD.replace("Un texte", "Un\x07texte"), 2, "LEC-10"),
        (GOOD.replace("Texte.", "Te\x0bxte."), 8, "LEC-10"),
        (GOOD.replace("Texte.", "Te\0xte."), 1, "LEC-10"),
        (GOOD.replace("Un texte", "Été").encode("cp1252"), 2, "LEC-10"),
        (GOOD.encode("utf-16"), 1, "LEC-10"),
        (GOOD.replace("R.", "a" * 10_000_000), 1, "LEC-10"),
        (GOOD.replace("R.", "a" * 20_000), 1, "LEC-03"),
        (GOOD + "a" * 1_100_000, 1, "LEC-10"),
        (GOOD + "\n" + "".join("    " * n + "- x\n" for n in range(300)), 7, "LEC-11"),
        (b"", 1, "LEC-01"),
        (b"\x89PNG\r\n\x1a\n\0", 1, "LEC-10"),
    ],
)
def test_a_bad_file_costs_itself_alone(site: Site, data: str | bytes, line: int, code: str):
    """One entry is lost, told with file, line, cause and remedy; every other is read."""
    before = paths(site.read())
    site.write(PATH, data)
    reading = site.read()
    told = [f for f in reading.findings if f.place.file == PATH]
    assert (before, [(PATH, line, code)], True) == (
        paths(reading),
        refused(reading),
        all(f.message and f.remedy for f in told),
    )


class Tired(Pool):
    """Workers that a text full of brackets ends at once, rather than after 5 s of CPU (tests/test_pool.py)."""

    def ask(self, requests: Iterable[bytes]) -> Iterator[dict[str, Any] | None]:
        for request in requests:
            yield None if b"[[[[" in request else next(super().ask([request]))


def test_a_text_that_hangs_markdown_costs_itself_alone(site: Site):
    """16 kB of ``[`` is told, and the build goes on."""
    before = paths(site.read())
    site.write(PATH, GOOD + "[" * 16_384)
    with Tired(READER) as tired:
        reading = replace(site, pool=tired).read()
    assert (before, [(PATH, 1, "LEC-12")]) == (paths(reading), refused(reading))


def test_many_bad_files_are_all_told(site: Site):
    """An author sees every fault at once."""
    for n in range(5):
        site.write(f"actualites/2026-11-0{n + 1}-essai-{n}.md", GOOD.replace("resume: R.", "statut: fini"))
    assert [f"actualites/2026-11-0{n + 1}-essai-{n}.md" for n in range(5)] == sorted(
        {f for f, _, _ in refused(site.read())}
    )


@pytest.mark.parametrize(
    "line",
    [
        "Save_as: index.html",
        "save_as: ../x.html",
        "template: base",
        "Template: archives",
        "url: javascript:alert(1)",
        "slug: ../../x",
        "Slug: con",
        "lang: ../x",
        "ecole: autre",
        "category: <script>",
        "__class__: x",
        "id_: x",
    ],
)
def test_what_pelican_would_obey_does_nothing(site: Site, line: str):
    """Such a key is a note, and the entry is exactly what it is without it."""

    def facts(entry: Entry) -> list[object]:
        return [entry.name, entry.folder, entry.title, entry.audience, entry.status, entry.id, entry.path, entry.body]

    site.write(PATH, GOOD)
    plain = next(e for e in site.read().entries if e.path == PATH)
    site.write(PATH, GOOD.replace("resume", f"{line}\nresume"))
    reading = site.read()
    told = [(f.code, f.severity.label, f.place.line) for f in reading.findings]
    changed = next(e for e in reading.entries if e.path == PATH)
    assert (facts(plain), [("LEC-08", "note", 5)]) == (facts(changed), told)


@pytest.mark.parametrize(
    "line",
    [
        "Edition: directeurs",
        "editions: directeurs",
        "edtion: directeurs",
        "audience: x",
        "Statut: brouillon",
        "status: draft",
        "expires: 2026-11-03",
        "diffusions: ent",
        "dates: 2027-01-01",
        "visibilité: privée",
        "privé: oui",
    ],
)
def test_a_slip_that_may_have_meant_to_restrict_refuses(site: Site, line: str):
    """Who wrote ``editions: directeurs`` did not mean everybody: the entry waits for its author."""
    site.write(PATH, GOOD.replace("resume", f"{line}\nresume"))
    assert [(PATH, 5, "LEC-08")] == refused(site.read())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "LEC-19"),
        ("null", "LEC-19"),
        ('""', "LEC-19"),
        ("true", "LEC-09"),
        ("[public]", "LEC-09"),
        ("public, directeurs", "LEC-13"),
        ("tous", "LEC-13"),
    ],
)
def test_an_edition_that_is_none_is_never_guessed_open(site: Site, value: str, code: str):
    """A value that names no edition refuses, no value at all too: what was meant is unknown."""
    path = "directeurs/2026-11-02-essai.md"
    site.write(path, GOOD.replace("resume", f"edition: {value}\nresume"))
    reading = site.read()
    audience = [e.audience.name for e in reading.entries if e.path == path]
    assert ([], [(path, 5, code)]) == (audience, refused(reading))


@pytest.mark.parametrize("key", ["statut", "expire", "date", "diffusion"])
def test_a_key_that_says_when_or_to_whom_is_never_empty(site: Site, key: str):
    """Left empty, a key that may hold an entry back refuses it."""
    path = "actualites/2026-11-02-essai.md"
    kept = "\n".join(line for line in GOOD.split("\n") if not line.startswith(f"{key}:"))
    site.write(path, kept.replace("resume", f"{key}:\nresume"))
    assert "LEC-19" in [code for where, _, code in refused(site.read()) if where == path]


@pytest.mark.parametrize("line", ["lecteurs: directeurs", "acces: restreint", "confidentiel: oui", "pour: Directeurs"])
def test_words_that_mean_to_restrict_refuse(site: Site, line: str):
    """An unknown key that may have meant who reads, by its name or by its value, refuses the entry."""
    path = "actualites/2026-11-02-essai.md"
    site.write(path, GOOD.replace("resume", f"{line}\nresume"))
    assert [(path, 5, "LEC-08")] == refused(site.read())


@pytest.mark.parametrize("state", ["statut: brouillon", "statut: publie\nexpire: 2026-11-03"])
def test_what_is_off_line_never_takes_the_place_of_what_is_on_line(site: Site, state: str):
    """A draft or an expired entry with the same address, first by path, is the one refused."""
    site.write("actualites/2026-11-02-poterie.md", GOOD)
    site.write("actualites/2026-01-02-poterie.md", GOOD.replace("statut: publie", state))
    reading = site.read()
    assert ["actualites/2026-01-02-poterie.md"] == [path for path, _, _ in refused(reading)]


def test_a_picture_that_cannot_be_opened_costs_its_entry(site: Site):
    """A loop of links and a name too long for a file system are findings, not crashes."""
    folder = site.content / "actualites" / "2026-11-02-boucle"
    folder.mkdir()
    (folder / "boucle.png").symlink_to("boucle.png")
    for path, name in (("2026-11-02-boucle/index.md", "boucle.png"), ("2026-11-03-long.md", "a" * 280 + ".png")):
        images = f"images:\n  - fichier: {name}\n    alt: A\n    personnes: aucune\nresume"
        site.write(f"actualites/{path}", GOOD.replace("resume", images))
    codes = {path: code for path, _, code in refused(site.read())}
    assert {"actualites/2026-11-02-boucle/index.md": "LEC-18"} == {p: c for p, c in codes.items() if "boucle" in p}


def test_what_is_no_file_is_told_and_never_opened(site: Site):
    """A named pipe with the name of an entry would be waited for without end."""
    os.mkfifo(site.content / "actualites" / "2026-11-02-tube.md")
    assert [("actualites/2026-11-02-tube.md", 1, "LEC-31")] == refused(site.read())


def test_a_file_name_that_is_not_utf8_is_told(site: Site):
    """Such a name costs its entry alone."""
    folder = os.fsencode(site.content / "actualites")
    with open(folder + b"/2026-11-02-caf\xe9.md", "wb") as file:  # noqa: PTH123  # a name in bytes
        file.write(GOOD.encode())
    assert ["LEC-31"] == [code for _, _, code in refused(site.read())]


def test_a_link_into_a_more_restricted_text_is_told(site: Site):
    """Readers may not open it: it is printed without link, and its author learns it."""
    site.write("directeurs/2026-11-02-cible.md", GOOD)
    site.write("actualites/2026-11-02-essai.md", f"{GOOD}\n[la note](../directeurs/2026-11-02-cible.md)\n")
    told = [f.code for f in site.read().findings if f.place.file == "actualites/2026-11-02-essai.md"]
    assert ["LEC-25"] == told


def test_two_entries_at_one_address_are_told(site: Site):
    """The first by path keeps it; the second is refused, and names the first."""
    site.write("actualites/2026-11-02-fluence.md", GOOD)
    site.write("actualites/fluence/index.md", GOOD)
    reading = site.read()
    first = "actualites/2026-09-15-fluence.md"
    messages = {f.place.file: (f.code, f.message) for f in reading.findings}
    expected = dict.fromkeys(
        ("actualites/2026-11-02-fluence.md", "actualites/fluence/index.md"), ("LEC-33", f"même adresse que {first}")
    )
    assert (True, expected) == (first in paths(reading), messages)


def test_a_restricted_entry_takes_no_address_from_an_open_one(site: Site):
    """Each edition prints its own: the same name in two audiences is no conflict."""
    site.write("actualites/2026-01-01-fluence.md", GOOD.replace("resume", "edition: enseignants\nresume"))
    assert [] == refused(site.read())


def test_one_identity_is_one_entry(site: Site):
    """Two files with the same ``id`` would be one item in feeds: the second by path is refused."""
    site.write(PATH, GOOD.replace("resume", "id: actualites/2026-09-15-fluence\nresume"))
    reading = site.read()
    assert [(PATH, 5, "LEC-34")] == refused(reading)


def test_two_events_stand_at_two_places_of_the_frise(site: Site):
    """Ids that differ by a sign alone lead to one: the second is refused, nothing else is."""
    head = "---\ntitre: Réunion\ndate: 2026-11-01\nstatut: publie\ndebut: 2026-11-24\nfils: [actualites]\nresume: R.\n"
    for name, identity in (("a", "reunion-a"), ("b", "reunion a"), ("c", "réunion-c")):
        site.write(f"evenements/{name}.md", f"{head}id: {identity}\n---\n")
    assert [("evenements/b.md", "LEC-34")] == [(path, code) for path, _, code in refused(site.read())]


def test_an_event_without_a_page_may_come_back_each_week(site: Site):
    """As those of articles do."""
    head = "---\ntitre: Club\ndate: 2026-11-01\nstatut: publie\ndebut: 2026-11-24\nresume: R.\n"
    site.write("evenements/club.md", f"{head}repete: {{jour: mardi, jusqu_a: 2026-12-08}}\n---\n")
    found = next(e for e in site.read().entries if e.path == "evenements/club.md")
    assert ("mardi", date(2026, 12, 8)) == (found.events[0].repeat_day, found.events[0].repeat_until)


def test_an_open_entry_keeps_its_identity_against_a_restricted_one(site: Site):
    """Whatever their paths: what the public reads never tells that something else exists (oracle O1)."""
    path = "actualites/2026-01-01-avant.md"
    site.write(path, GOOD.replace("resume", "edition: enseignants\nid: actualites/2026-09-15-fluence\nresume"))
    assert [(path, 6, "LEC-34")] == refused(site.read())


def test_names_that_differ_only_in_composition_are_two_entries_at_one_address(site: Site):
    """NFC and NFD twins look alike: one is printed, the other is told."""
    names = [unicodedata.normalize(form, "actualites/2026-11-02-été.md") for form in ("NFD", "NFC")]
    for name in names:
        site.write(name, GOOD)
    assert ["LEC-33"] == [code for _, _, code in refused(site.read())]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("2026-11-02-défi-maths.md", "defi-maths"),
        ("2026-11-02 Défi maths !.md", "defi-maths"),
        ("2026-11-02.md", "2026-11-02"),
        ("Œuvre.md", "oeuvre"),
        ("2026-11-02-<img onerror=x>.md", "img-onerror-x"),
        ("2026-11-02-\u202egpj.md", "gpj"),
        ("-n.md", "n"),
        ("2026-11-02-" + "é" * 120 + ".md", "e" * 80),
    ],
)
def test_an_address_is_made_of_the_file_name(site: Site, name: str, address: str):
    """Without its date, in ``[a-z0-9-]``, at most 80 characters, whatever people call their files."""
    site.write(f"actualites/{name}", GOOD)
    known = {"fluence", "inscriptions-closes"}
    found = [e.name for e in site.read().entries if e.path.startswith("actualites/") and e.title == "Un texte"]
    assert ([address], False) == (found, address in known)


def test_a_name_that_says_nothing_is_refused(site: Site):
    """Without a letter or a digit there is no address."""
    site.write("pages/日本.md", "---\ntitre: T\n---\n")
    assert [("pages/日本.md", 1, "LEC-32")] == refused(site.read())


def test_a_folder_named_like_a_file_is_told(site: Site):
    """A directory ``x.md`` holds nothing that is read."""
    site.write("actualites/2026-11-02-x.md/index.md", GOOD)
    site.write("actualites/2026-11-02-y.md/photo.png", b"x")
    told = [(f.place.file, f.code, f.severity.label) for f in site.read().findings]
    assert [
        ("actualites/2026-11-02-x.md", "LEC-31", "refus"),
        ("actualites/2026-11-02-y.md", "LEC-31", "refus"),
    ] == told


def test_a_folder_without_a_text_is_told(site: Site):
    """Pictures alone make no entry."""
    site.write("actualites/2026-11-02-x/photo.png", b"x")
    assert [("actualites/2026-11-02-x", "LEC-31")] == [(f.place.file, f.code) for f in site.read().findings]


@pytest.mark.parametrize(
    "target", ["/etc/passwd", "../registres/cle.yml", "2026-09-15-fluence.md", "absent", ".", "boucle.md"]
)
def test_a_symbolic_link_is_never_followed(site: Site, target: str):
    """As a file or a folder, it is told and its target is not read."""
    (site.content / "actualites" / "boucle.md").symlink_to(target)
    before = [e.path for e in site.read().entries]
    told = [(f.place.file, f.code) for f in site.read().findings]
    assert ([("actualites/boucle.md", "LEC-31")], False) == (told, "actualites/boucle.md" in before)


def test_a_linked_text_of_a_folder_is_not_followed(site: Site):
    """``index.md`` may be no link either."""
    (site.content / "actualites" / "2026-11-02-x").mkdir()
    (site.content / "actualites" / "2026-11-02-x" / "index.md").symlink_to("/etc/passwd")
    assert [("actualites/2026-11-02-x", "LEC-31")] == [(f.place.file, f.code) for f in site.read().findings]


def test_a_linked_fil_is_not_followed(site: Site, tmp_path: Path):
    """A folder of entries that is a link is told, and holds none."""
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "2026-11-02-x.md").write_text(GOOD)
    (site.content / "cln").symlink_to(tmp_path / "ailleurs")
    assert [("cln", "LEC-31")] == [(f.place.file, f.code) for f in site.read().findings]


@pytest.mark.parametrize("name", ["2026-11-02-x.MD", "x.Md"])
def test_a_text_in_capitals_is_told_how_to_be_read(site: Site, name: str):
    """As another markup is: with a mere remark, the author believed it on line."""
    site.write(f"actualites/{name}", GOOD)
    (found,) = site.read().findings
    assert ("LEC-31", "refus", f"renommez-le en {name[:-3]}.md") == (found.code, found.severity.label, found.remedy)


@pytest.mark.parametrize("name", ["a.rst", "a.html", "a.ipynb", "a.adoc", "a.txt"])
def test_another_markup_is_refused(site: Site, name: str):
    """Only Markdown is read: the author expected this text on line."""
    site.write(f"actualites/{name}", "x")
    assert [(f"actualites/{name}", 1, "LEC-31")] == refused(site.read())


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("actualites/pelicanconf.py", True),
        ("actualites/.cache.md", False),
        ("actualites/dessin.png", False),
        ("actualite/2026-11-02-x.md", True),
        ("note.md", True),
        (".git/x.md", False),
        ("_brouillons/x.md", False),
        ("registres/x.md", False),
        ("README.md", False),
    ],
)
def test_what_stands_where_nothing_is_read(site: Site, path: str, told: bool):
    """It makes no entry; what its author may have meant as one is told."""
    before = paths(site.read())
    site.write(path, GOOD)
    reading = site.read()
    assert (before, [("LEC-31", "note")] * told) == (
        paths(reading),
        [(f.code, f.severity.label) for f in reading.findings],
    )


def test_an_unknown_folder_has_a_suggestion(site: Site):
    """A slip in the name of a fil is told with the fil that was meant."""
    site.write("actualite/2026-11-02-x.md", GOOD)
    assert ["vouliez-vous dire « actualites » ?"] == [f.remedy for f in site.read().findings]


class Recorder(Shelf):
    """A memo that counts what it is asked to keep."""

    kept = 0

    def put(self, key: str, value: str) -> None:
        """Keep, and count."""
        self.kept += 1
        super().put(key, value)


def test_what_was_read_is_not_read_again(site: Site):
    """From the memo come the same entries and findings, and nothing is kept twice."""
    site.write(PATH, GOOD.replace("Texte.", "[x](javascript:y)"))
    site.write("actualites/2026-11-03-faux.md", "rien")
    memo = Recorder()
    fresh = site.read(memo=memo)
    kept, memo.kept = memo.kept, 0
    again = site.read(memo=memo)
    assert (True, 0, fresh) == (kept > 0, memo.kept, again)
    assert [(e.digest, e.body.html, e.lines) for e in fresh.entries] == [
        (e.digest, e.body.html, e.lines) for e in again.entries
    ]


def test_a_changed_file_alone_is_read_again(site: Site):
    """The memo goes by bytes: what the file holds, the entry made of it and its texts are kept anew, and no other."""
    memo = Recorder()
    site.read(memo=memo)
    memo.kept = 0
    site.change("actualites/2026-09-15-fluence.md", "110", "112")
    changed = next(e for e in site.read(memo=memo).entries if e.name == "fluence")
    assert (3, True) == (memo.kept, "112" in changed.body.html)


def test_two_files_with_the_same_bytes_are_two_entries(site: Site):
    """They share a memo, not an identity, and relative links are each one's own."""
    site.write("actualites/2026-11-02-un.md", GOOD)
    site.write("actualites/2026-11-02-deux.md", GOOD)
    twins = [e for e in site.read().entries if e.title == "Un texte"]
    assert (2, 2, 1) == (
        len({e.id for e in twins}),
        len({e.digest for e in twins}),
        len({e.body.digest for e in twins}),
    )


class Backwards:
    """``os.scandir`` on a disk that lists its files from the last to the first."""

    scandir = staticmethod(os.scandir)

    def __init__(self, folder: str | Path) -> None:
        with self.scandir(folder) as listing:
            self.entries = iter(sorted(listing, key=lambda entry: entry.name, reverse=True))

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self.entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self.entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is left."""
        self.entries = iter(())


def test_the_order_of_the_disk_changes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Folders listed in any order give the same entries, refusals and digests."""
    site.write("actualites/2026-11-02-fluence.md", GOOD)
    site.write(PATH, GOOD.replace("resume", "id: actualites/2026-09-15-fluence\nresume"))
    expected = site.read()
    monkeypatch.setattr(os, "scandir", Backwards)
    found = site.read()
    assert (expected, [e.digest for e in expected.entries]) == (found, [e.digest for e in found.entries])


def test_a_digest_changes_with_its_file_and_its_pictures(site: Site):
    """Whatever a page shows of an entry, its digest tells when to print it again."""
    path = "actualites/2026-11-18-affiche/index.md"

    def digest() -> str:
        return next(e.digest for e in site.read().entries if e.path == path)

    seen = [digest(), digest()]
    site.change(path, "Trois étapes", "Quatre étapes")
    seen.append(digest())
    picture = site.content / "actualites/2026-11-18-affiche/dessin.png"
    picture.write_bytes(picture.read_bytes() + b"\0")
    seen.append(digest())
    assert (3, seen[0]) == (len(set(seen)), seen[1])


def test_a_later_instant_changes_no_dated_entry(site: Site):
    """Without a repository, an entry dated in the past is the same on another day."""
    path = "actualites/2026-09-15-fluence.md"
    days = [NOW, NOW.replace(month=12)]
    assert 1 == len({next(e.digest for e in site.read(day).entries if e.path == path) for day in days})


def test_a_document_that_no_text_gives_to_read_is_told(site: Site):
    """A news item written in a word processor and dropped there would wait for ever; one that a text names does not."""
    for name in ("actualites/2026-11-21-kermesse.docx", "evenements/Bal.ODT", "actualites/notice.docx"):
        (site.content / name).write_bytes(b"PK")
    front = "titre: Lire\ndate: 2026-11-20\nstatut: publie\nauteur: cpc\nresume: Lisez.\n"
    named = "fichiers:\n  - {fichier: notice.docx, legende: La notice, personnes: aucune}\n"
    site.write("actualites/2026-11-20-lire.md", f"---\n{front}{named}---\nTexte.\n")
    told = [f.place.file for f in site.read().findings if "rien ne donne à lire" in f.message]
    assert ["actualites/2026-11-21-kermesse.docx", "evenements/Bal.ODT"] == told
