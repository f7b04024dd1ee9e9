"""Pelican's settings. What the circonscription says of itself stands in content/circonscription.yml, not here."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "plugins"))

import gazette.plugin  # noqa: E402  # found through the line above
import gazette.read  # noqa: E402

PATH = os.environ.get("GAZETTE_CONTENU", str(ROOT / "content"))
OUTPUT_PATH = str(ROOT / "output" / "public")
THEME = str(ROOT / "themes" / "gazette")
PLUGINS = [gazette.plugin]  # a module object: its absence is an ImportError, not a line in a log

GAZETTE = gazette.read.newsroom(PATH, THEME)
SITENAME = GAZETTE.title
SITEURL = GAZETTE.audiences[0].address.rstrip("/")
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
