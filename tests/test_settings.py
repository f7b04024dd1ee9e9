"""Settings files as their people break them: the file, the line and the reason, and no bug of ours hidden."""

import re
from pathlib import Path

import pytest

from gazette.errors import ConfigurationError
from gazette.settings import declared, settings_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A = 1\nTARGETS = {", ":2 : réglages illisibles ('{' was never closed)"),
        ("import os\nA = os.environ['ABSENTE']", ":2 : réglages illisibles (KeyError : 'ABSENTE')"),
        ("\n\nTARGETS = {'a': oui}", ":3 : réglages illisibles (NameError : name 'oui' is not defined)"),
        ("import absente", " : module introuvable ou défectueux (No module named 'absente')"),
        (None, " : réglages illisibles (fichier ou dossier absent)"),
    ],
)
def test_a_settings_file_that_does_not_run_is_told_with_its_line(tmp_path: Path, text: str | None, told: str):
    """In a sentence, never by the words of Python alone."""
    path = tmp_path / "publishconf.py"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ConfigurationError, match=re.escape(f"{path}{told}")):
        settings_of(path)


def test_a_bug_of_what_a_settings_file_calls_is_not_taken_for_a_mistake_in_it(tmp_path: Path):
    """It is told as a bug, with its traceback."""
    path = tmp_path / "pelicanconf.py"
    path.write_text("from gazette.model.week import Week\nWeek.of(None)\n")
    with pytest.raises(AttributeError, match="NoneType"):
        settings_of(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "publishconf.py : LETTRE manque ; donnez au moins « de »"),
        ("LETTRE = 'x'", "publishconf.py : LETTRE manque ; donnez au moins « de »"),
        ("LETTRE = {'dee': 'x'}", "LETTRE : clé inconnue « dee » ; clés : de, sauf"),
        ("LETTRE = {1: 'x'}", "LETTRE : clé inconnue « 1 » ; clés : de, sauf"),
    ],
)
def test_a_dictionary_that_is_absent_or_misspelt_is_told(tmp_path: Path, text: str, told: str):
    """By its name, with the keys that it takes."""
    path = tmp_path / "publishconf.py"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=re.escape(told)):
        declared(path, "LETTRE", ("de", "sauf"), "au moins « de »")
