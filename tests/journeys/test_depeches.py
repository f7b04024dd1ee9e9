"""A school writes in its own folder: its text comes, waits, is answered, is printed, changes, is refused."""

import io
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from gazette.cli import main
from gazette.model.depeche import Appointment, accepted
from gazette.model.finding import Severity
from gazette.newsdesk.queue import queue
from tests.newsdesk.waiting import depeche, put
from tests.plain import files, print_plain, settings_with, template
from tests.samples import Site

SAID = """---
titre: Les fèves du cycle 2
date: 2026-11-20
resume: Ce que les fèves ont fait en quinze jours.
---

Elles ont poussé de quatre centimètres dans la classe du fond.

![Le relevé](releve.png)
"""
PAGE = "public/actualites/0869001s-les-feves-du-cycle-2/index.html"
Say = Callable[..., int]
IS_WHOLE = "GAZETTE_COMPLET" in os.environ
ENTRIES = frozenset(
    "affiche carnet-de-classe comptine exposition fluence guillemets jardin mur-de-craie oeuvres".split()
)


@pytest.fixture
def say(site: Site, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Call the program, as a school's folder is read and as somebody moderates."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("GAZETTE_QUARANTAINE", str(site.content.parent / "quarantaine"))

    def call(*words: str) -> int:
        places = ("--contenu", str(site.content), "--sortie", str(site.output), "--jour", "2026-11-23 12:00")
        with pytest.raises(SystemExit) as ended:
            main(["gazette", *words, *places])
        return int(ended.value.code or 0)

    return call


@pytest.fixture
def school(site: Site, tmp_path: Path) -> Path:
    """Give a school a folder of its own, which the directory declares."""
    folder = tmp_path / "ecole"
    folder.mkdir()
    source = f"sources: [{{type: dossier, url: {folder}, fils: [actualites]}}]\n"
    site.change("ecoles/0869001S.md", "fictif: oui\n", f"fictif: oui\n{source}")
    return folder


def write(school: Path, text: str) -> None:
    """Let the school write its text, with a picture beside it."""
    (school / "feves.md").write_text(text, "utf-8")
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20), "#2f6b3c").save(drawn, "PNG")
    (school / "releve.png").write_bytes(drawn.getvalue())


def printed(site: Site) -> dict[str, bytes]:
    """Return what a build prints."""
    report = print_plain(site)
    assert not report.is_closed
    return files(site.output)


def test_from_a_schools_folder_to_its_readers(site: Site, say: Say, school: Path):
    """Nothing is printed before an answer, and the answer holds for what was read alone."""
    write(school, SAID)
    assert 0 == say("collecter")
    (first,) = queue(site.content)
    waiting = printed(site)
    assert (False, False) == (PAGE in waiting, any(b"quatre centim" in data for data in waiting.values()))

    assert 0 == say("moderer", "--accepter", first.id, "--role", "cpc")
    online = printed(site)
    atom = online["public/fils/actualites.atom"].decode()
    assert (True, True, False) == (
        b"quatre centim" in online[PAGE],
        "<title>École du Petit Pont</title>" in atom,
        b"<picture" in online[PAGE] or b"<img" in online[PAGE],
    )

    assert (0, []) == (say("collecter"), queue(site.content))

    write(school, SAID.replace("quatre centimètres", "quarante mètres"))
    assert 0 == say("collecter")
    (second,) = queue(site.content)
    assert (True, online[PAGE]) == (bool(second.standing), printed(site)[PAGE])

    assert 0 == say("moderer", "--refuser", second.id, "--motif", "Une faute de frappe ?")
    assert (0, [], online[PAGE]) == (say("collecter"), queue(site.content), printed(site)[PAGE])

    write(school, SAID.replace("quatre centimètres", "cinq centimètres"))
    assert 0 == say("collecter")
    (third,) = queue(site.content)
    name = next(line.split('"')[1] for line in third.text.splitlines() if "fichier:" in line)
    assert 0 == say("moderer", "--accepter", third.id, "--personnes", f"{name}=aucune")
    last = printed(site)[PAGE]
    assert (True, True) == (b"cinq centim" in last, b"<img" in last)


TITLES = ("Mardi 24 novembre 2026", "Actualités pédagogiques", "Un <b>titre</b>", "ﬁl \u202e", "…", "Échéances")
WORDS = st.lists(st.sampled_from("école fèves 2026 <script> [a](b) ![x](y.png) {{ config }} \n\n # - ` |".split(" ")))


@given(title=st.sampled_from(TITLES) | st.text(max_size=80), words=WORDS, fil=st.sampled_from(("actualites", "x")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_waits_changes_no_byte(site: Site, title: str, words: list[str], fil: str):
    """Oracle O3: whatever a school sends, pages are as if it had sent nothing, until somebody answers."""
    path = site.content / "depeches/attente/0869001S/2026-11-20-a.md"
    path.unlink(missing_ok=True)
    expected = printed(site)
    put(site, depeche("2026-11-20-a", title=title, fil=fil, body=" ".join(words)))
    assert expected == printed(site)


OTHER_SCHOOL = re.compile("0869002t", re.IGNORECASE)
ENTRY_PAGE = re.compile(r"\w+/(?:actualites|projets|directeurs|outils)/([a-z-]+)/index\.html")
NEIGHBOURS = re.compile(rb"(?:<a href=\"[^\"\n]*\">[^\n]*</a> ?)?</main>")
"""What leads to the entry before and after: of the fil, not of the school."""
HOSTILE_WORDS = st.lists(
    st.sampled_from(
        (*"école <script>x</script> <b> </main> ]]> &amp; {{ config }} [a](b) \u202e ``` # | -".split(" "), "\n\n")
    ),
    max_size=12,
).map(" ".join)


@given(
    title=st.sampled_from(TITLES) | st.text(max_size=80), words=HOSTILE_WORDS, day=st.integers(1, 23), data=st.data()
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=500 if IS_WHOLE else 5)
def test_what_is_accepted_changes_no_byte_of_another_school(
    site: Site, title: str, words: str, day: int, data: st.DataObject
):
    """Oracle O3: printed, it is on its own page and in what gathers; another school's pages, feeds, agendas stay."""
    fil = data.draw(st.sampled_from(("actualites", "projets")))
    event = Appointment("e", data.draw(st.sampled_from(TITLES)), f"2026-12-{day:02} 10:00", "", words[:40], "prevu")
    name = f"2026-11-{day:02}-a"
    path = accepted("0869001S", name)
    (site.content / path).unlink(missing_ok=True)
    before = printed(site)
    made = depeche(name, body=f"Bonjour. {words}", title=title, fil=fil, date=name[:10], summary=words, events=(event,))
    site.write(path, made.text())
    report = print_plain(site)
    after = files(site.output)
    (site.content / path).unlink()
    is_refused = any(f.place.file == path and f.severity is Severity.REFUSE for f in report.findings)
    assert (False, not is_refused) == (report.is_closed, f"public/{fil}/0869001s-a/index.html" in after)
    theirs = {p: data for p, data in before.items() if OTHER_SCHOOL.search(p)}
    assert theirs == {p: data for p, data in after.items() if OTHER_SCHOOL.search(p)}
    assert {".html", ".ics", ".atom", ".json", ".xml"} == {Path(p).suffix for p in theirs}
    assert _texts(before) == _texts(after)


def _texts(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the entries' own pages without what leads to their neighbours."""
    pages = {p: data for p, data in found.items() if (named := ENTRY_PAGE.fullmatch(p)) and named[1] in ENTRIES}
    return {p: NEIGHBOURS.sub(b"</main>", data) for p, data in pages.items()}


def test_words_of_what_waits_close_the_gate_where_they_are_printed(site: Site):
    """A page that says what nobody accepted is a leak, and whose it is is told."""
    said = "Les élèves du fond de la classe ont semé douze rangs de fèves mardi."
    put(site, depeche(body=said))
    leak = f"<p>{{{{ '{said[::-1]}'|reverse }}}}</p></main>"  # what a theme itself says is no leak
    leaking = settings_with(
        site.content.parent, {"templates/base.html": template("base.html").replace("</main>", leak)}
    )
    stops = [f for f in print_plain(site, settings=leaking).findings if f.severity is Severity.STOP]
    assert ({"EPR-03"}, True) == ({f.code for f in stops}, "depeches/attente/" in stops[0].message)


def test_a_source_that_vanishes_takes_nothing_away(site: Site, say: Say, school: Path):
    """What was accepted stays on line, and what waits waits on."""
    write(school, SAID)
    (school / "autre.md").write_text(SAID.replace("fèves du cycle 2", "pois").replace("fèves ont", "pois ont"), "utf-8")
    say("collecter")
    say("moderer", "--accepter", next(i for i in queue(site.content) if "feves" in i.text or "fèves" in i.title).id)
    before = printed(site)
    school.rename(school.with_name("partie"))
    assert 0 == say("collecter")
    assert (1, before) == (len(queue(site.content)), printed(site))


def test_what_is_to_be_done_next_is_told(site: Site, say: Say, school: Path, capsys: pytest.CaptureFixture[str]):
    """How many wait, new or not; what this run did not ask, until when, and how to ask it at once."""
    write(school, SAID)
    say("collecter")
    capsys.readouterr()
    school.rename(school.with_name("partie"))
    say("collecter")
    failed = capsys.readouterr().out
    school.with_name("partie").rename(school)
    say("collecter")
    left = capsys.readouterr().out
    say("collecter", "--source", "0869001S")
    asked = capsys.readouterr().out
    wait = " ; pas redemandée : prochain essai le 23/11/2026 à 12:15, ou tout de suite par ./gazette collecter --source"
    waits = " ; 1 en attente : ./gazette moderer\n"
    assert (False, True, True) == (wait in failed, "[DOS-01]" in failed, wait in left)
    assert [True] * 3 == [said.endswith(waits) for said in (failed, left, asked)]
    assert (True, False) == ("0 dépêche(s) nouvelle(s) ou changée(s)" in asked, "[DOS-01]" in asked)
