"""Tests of editor.py: what an editor offers and checks is what reading takes, and .vscode/ is current."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from gazette.model.finding import Finding, Place, Severity
from gazette.read.forms import kinds
from gazette.read.frontmatter import front_matter
from gazette.read.schema import TABLES
from gazette.write.editor import files, schema, snippets
from tests.samples import ROOT

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
        "tire: a",
        "niveaux: {a: b}",
        "images: [{alt: a}]",
        "evenements: [{debut: hier}]",
    ],
)
def test_a_fault_is_underlined(fault: str):
    """A choice, a day, a key, a list, a missing key, within a table."""
    text = f"---\ntitre: Un\ndate: 2026-11-02\nresume: R.\n{fault}\n---\n"
    check = Draft202012Validator(schema("actualite", kinds()["actualite"]))
    assert list(check.iter_errors(front_matter(text).values))


def test_a_snippet_offers_a_key_and_its_choices():
    """An editor offers them without any extension."""
    assert ["statut: ${1|brouillon,relecture,publie|}"] == snippets()["statut"]["body"]
    assert "  - fichier: ${1}" in snippets()["images"]["body"]


def test_the_task_reads_findings_as_they_are_told():
    """The problem matcher knows the line of the terminal."""
    told = Finding("LEC-02", Severity.REFUSE, Place("a/b.md", 3, 7), "date illisible « x »", "écrivez date:")
    pattern = json.loads(files()["tasks.json"])["tasks"][0]["problemMatcher"]["pattern"]["regexp"]
    found = re.fullmatch(pattern, told.line("content/"))
    assert found
    assert ("content/a/b.md", "3", "7", "LEC-02") == (found[1], found[2], found[3], found[5])
