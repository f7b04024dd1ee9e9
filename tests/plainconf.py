"""Pelican's settings for the unit tests of the press: the demo's, with the tests' own plain theme."""

import os
from pathlib import Path

import gazette.plugin
import gazette.read

PATH = os.environ["GAZETTE_CONTENU"]
THEME = str(Path(__file__).resolve().parent / "theme")
PLUGINS = [gazette.plugin]

GAZETTE = gazette.read.newsroom(PATH)
