"""Tests of editor.py: what an editor offers and checks is what reading takes, and .vscode/ is current."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gazette.cli import main
from gazette.model.finding import Finding, Place, Severity
from gazette.read.forms import kinds
from gazette.read.frontmatter import front_matter
from gazette.read.schema import TABLES
from gazette.write.editor import files, schema, snippets
from tests.samples import ROOT, Site

FOLDERS = {"actualites": "actualite", "projets": "projet", "directeurs": "info_direction", "outils": "outil"}
FOLDERS |= {"evenements": "evenement", "ecoles": "ecole", "pages": "page"}


def test_the_folder_is_the_one_that_the_model_says():
    """``./gazette vscode`` writes it again."""
    assert files() == {name: (ROOT / ".vscode" / name).read_text("utf-8") for name in files()}


@pytest.mark.parametrize("kind", TABLES)
def test_each_schema_is_one(kind: str):
    """By someone else's reading, and every key says what it is for."""
    Draft202012Validator.check_schema(schema(kind, kinds()[kind]))
    assert all(row.help for row in kinds()[kind])


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_demonstration_is_valid_by_it(folder: str):
    """What reading takes, an editor does not underline."""
    check = Draft202012Validator(schema(FOLDERS[folder], kinds()[FOLDERS[folder]]))
    paths = [
        p for p in sorted((ROOT / "content" / folder).rglob("*.md")) if p.parent.name == folder or p.stem == "index"
    ]
    faults = {p.name: [e.message for e in check.iter_errors(front_matter(p.read_text("utf-8")).values)] for p in paths}
    assert {} == {name: told for name, told in faults.items() if told}
    assert paths


@pytest.mark.parametrize(
    "fault",
    [
        "statut: fini",
        "prevu: demain",
        "prevu: 2026-13-01",
        "expire: 2026-10-32",
        "date: 2026-10-06 25:00",
        'titre: ""',
        "tire: a",
        "niveaux: {a: b}",
        "images: [{alt: a}]",
        "evenements: [{debut: hier}]",
    ],
)
def test_a_fault_is_underlined(fault: str):
    """A choice, a day, a key, a list, a missing key, within a table."""
    good = {"titre": "titre: Un", "date": "date: 2026-11-02", "resume": "resume: R."}
    lines = "\n".join((good | {fault.partition(":")[0]: fault}).values())
    text = f"---\n{lines}\n---\n"
    check = Draft202012Validator(schema("actualite", kinds()["actualite"]))
    assert list(check.iter_errors(front_matter(text).values))


def test_yes_and_no_are_read_by_any_editor():
    """yaml-language-server takes true for none of an enum's values that has words too: schools were underlined."""
    fictional = schema("ecole", kinds()["ecole"])["properties"]["fictif"]
    assert [{"enum": ["oui", "non"]}, {"type": "boolean"}] == fictional["anyOf"]


def test_a_snippet_offers_a_key_and_its_choices():
    """An editor offers them without any extension."""
    assert ["statut: ${1|brouillon,relecture,publie|}"] == snippets()["statut"]["body"]
    assert "  - fichier: ${1}" in snippets()["images"]["body"]


def test_the_task_underlines_what_the_check_prints(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Every finding printed is matched once, by its severity's matcher, at a line of a file that is there."""
    site.write("actualites/2026-11-20-bal.md", "---\ntitre: Un bal\ndate: demain\nstatut: publie\nresume: R.\n---\n")
    site.change("actualites/2026-09-15-fluence.md", "resume:", "mots_cles: # lecture\nresume:")
    (site.content / "directeurs/note.txt").write_text("Une note.\n", "utf-8")
    monkeypatch.chdir(site.content.parent)
    with pytest.raises(SystemExit):
        main(["gazette", "controler", "--contenu", "content", "--sortie", "output", "--jour", "2026-11-23 12:00"])
    printed = [
        line for line in capsys.readouterr().out.splitlines() if not line.startswith(("Visages :", "Contrôle :"))
    ]
    matchers = json.loads(files()["tasks.json"])["tasks"][0]["problemMatcher"]
    assert 2 == len({matcher["owner"] for matcher in matchers})
    found = {}
    for matcher in matchers:
        pattern = matcher["pattern"]
        hits = [hit for line in printed if (hit := re.search(pattern["regexp"], line))]
        groups = [[hit[pattern[key]] for key in ("file", "line", "column", "message", "code")] for hit in hits]
        found[matcher["severity"]] = groups
    marks = {"error": ("refusé", "ARRÊT"), "warning": ("remarque",)}
    assert {s: len([line for line in printed if line.startswith(marks[s])]) for s in marks} == {
        severity: len(groups) for severity, groups in found.items()
    }
    assert len(printed) == sum(map(len, found.values()))
    assert all(found.values())
    told = [group for groups in found.values() for group in groups]
    assert all(Path(file).is_file() for file, *_ in told)
    (fault,) = [group for group in found["error"] if group[0] == "content/actualites/2026-11-20-bal.md"]
    assert (("3", "LEC-02"), True) == ((fault[1], fault[4]), fault[3].startswith("date illisible"))


def test_the_task_reads_a_stop_too():
    """The gravest mark is another word."""
    error, warning = json.loads(files()["tasks.json"])["tasks"][0]["problemMatcher"]
    line = f"ARRÊT · {Finding('LEC-02', Severity.STOP, Place('a/b.md', 3, 7), 'un · deux', 'trois').line('content/')}"
    found = re.search(error["pattern"]["regexp"], line)
    assert found
    assert ("content/a/b.md", "3", "7", "un · deux · trois", "LEC-02") == found.groups()
    assert not re.search(warning["pattern"]["regexp"], line)
