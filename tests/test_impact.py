"""Tests of impact.py: what readers will see change, edition by edition, and nothing else."""

import json
import subprocess
from pathlib import Path

import pytest

from gazette.cli import main
from gazette.impact import SHOWN, Impact, as_json, impacts, lines, markdown
from gazette.inquiry import editions_of
from tests.plain import files, print_plain
from tests.samples import Site

NOTE = "directeurs/2026-09-07-elections.md"


def found(site: Site, folder: Path) -> tuple[Impact, ...]:
    """Return what changed since the site was printed in its own output."""
    after = Site(site.content, folder / "apres", site.pool)
    print_plain(after)
    return impacts(editions_of(site.order()), editions_of(after.order()))


def changed(site: Site, folder: Path) -> str:
    """Return the same in Markdown."""
    return markdown(found(site, folder))


def section(text: str, edition: str) -> str:
    """Return what is told of one edition."""
    return text.partition(f"### Édition {edition}\n")[2].partition("###")[0]


def test_nothing_changes_when_nothing_did(site: Site, tmp_path: Path):
    """Each edition says so."""
    print_plain(site)
    assert 3 == changed(site, tmp_path).count("Rien ne change.")


def test_each_edition_tells_its_own(site: Site, tmp_path: Path):
    """What is new, what changes, what goes, an event, feeds; a restricted note is told nowhere else."""
    print_plain(site)
    site.change(NOTE, "resume:", "resume: Autrement ·")
    (site.content / "actualites/2026-09-15-fluence.md").unlink()
    event = "evenements:\n  - {titre: Le *grand* bal @all, debut: 2026-12-04 18:00, id: bal}\n"
    front = f"titre: Un <b>bal</b>\ndate: 2026-11-20\nstatut: publie\nresume: Pour tous.\n{event}"
    site.write("actualites/2026-11-20-bal.md", f"---\n{front}---\nTexte.\n")
    text = changed(site, tmp_path)
    public, directors = section(text, "public"), section(text, "directeurs")
    assert ("**Pages nouvelles : 1**" in public, "(`/actualites/bal/`)" in public) == (True, True)
    assert ("**Pages qui disparaissent : 1**" in public, "(`/actualites/fluence/`)" in public) == (True, True)
    assert ("**Événements annoncés : 1**" in public, "- RSS, Atom, JSON (`fils/tout.xml`)" in public) == (True, True)
    assert (0, True) == (public.count("fils/tout.atom"), "- Un \\<b\\>bal" in public)  # as its page's heading says
    assert ("**Pages qui changent : 1**" in directors, "(`/directeurs/elections/`)" in directors) == (True, True)
    assert (False, False) == ("elections" in public, "<b>" in text)
    assert "\\*grand\\*" in public
    assert "\\@all" in public


def test_a_long_list_is_cut(site: Site, tmp_path: Path):
    """Twenty are named, the others counted."""
    print_plain(site)
    for rank in range(SHOWN + 3):
        front = f"titre: Texte {rank}\ndate: 2026-11-20\nstatut: publie\nresume: R.\n"
        site.write(f"actualites/2026-11-20-texte-{rank:02}.md", f"---\n{front}---\nTexte.\n")
    assert f"**Pages nouvelles : {SHOWN + 3}**" in (text := section(changed(site, tmp_path), "public"))
    assert "- … et 3 autres" in text


def test_the_same_in_plain_words_and_for_a_program(site: Site, tmp_path: Path):
    """No sign of Markdown on a terminal; lists and counts in JSON."""
    print_plain(site)
    front = "titre: Un *bal* & des lampions\ndate: 2026-11-20\nstatut: publie\nresume: Pour tous.\n"
    site.write("actualites/2026-11-20-bal.md", f"---\n{front}---\nTexte.\n")
    told = found(site, tmp_path)
    text = "\n".join(lines(told))
    assert ("Édition public :\n  Pages nouvelles : 1\n    Un *bal* &" in text.replace("\xa0", " "), "\\*" in text) == (
        True,
        False,
    )
    editions = as_json(told)["editions"]
    (page,) = editions["public"]["nouvelles"]
    assert ("/actualites/bal/", [], True) == (
        page["adresse"],
        editions["directeurs"]["nouvelles"],
        editions["public"]["autres"] > 1,
    )


def test_as_a_person_asks_for_it(site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Since the last commit unless another is named; nothing of what was printed here changes."""
    folder = site.content.parent
    for words in (
        ("init", "-q"),
        ("config", "user.email", "ien@commits.example"),
        ("config", "user.name", "L’IEN"),
        ("add", "content"),
        ("commit", "-qm", "Début"),
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    place = ("--contenu", "content", "--sortie", "output", "--jour", "2026-11-23 12:00")
    before = files(site.output) if site.output.is_dir() else {}

    def say(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["gazette", "impact", *words, *place])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    (site.content / "actualites/2026-09-15-fluence.md").unlink()
    code, out, _ = say("--format", "json", "--rapport", "lecteurs.md")
    gone = json.loads(out)["editions"]["public"]["disparues"]
    report = (folder / "lecteurs.md").read_text("utf-8")
    assert (0, ["/actualites/fluence/"], True) == (
        code,
        [row["adresse"] for row in gone],
        "disparaissent : 1" in report,
    )
    assert before == (files(site.output) if site.output.is_dir() else {})
    front = "titre: Le bal\ndate: 2026-12-07\nstatut: {}\nauteur: cpc\nresume: Pour tous.\n"
    for name, status in (("bal", "publie"), ("brouillon", "brouillon")):
        site.write(f"actualites/2026-12-07-{name}.md", f"---\n{front.format(status)}---\nTexte.\n")
    site.write("directeurs/2026-12-08-note.md", f"---\n{front.format('publie')}---\nTexte.\n")
    editions = json.loads(say("--format", "json")[1])["editions"]
    waiting = {name: [row["titre"] for row in editions[name]["plus_tard"]] for name in ("public", "directeurs")}
    assert {"public": ["Le bal (07/12/2026)"], "directeurs": ["Le bal (07/12/2026)"] * 2} == waiting
    assert "  Paraîtront plus tard : 1\n    Le bal (07/12/2026)\n" in say()[1]
    wrong = say("absente")
    assert (2, True) == (wrong[0], "aucune révision « absente » ; donnez une branche" in wrong[2].replace("\xa0", " "))
    assert 2 == say("--format", "html")[0]
