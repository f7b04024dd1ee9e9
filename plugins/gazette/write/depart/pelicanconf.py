"""Réglages de Pelican. Ce que la circonscription dit d'elle-même est dans content/circonscription.yml, pas ici."""

import os
from pathlib import Path

import gazette.plugin
import gazette.read

ROOT = Path(__file__).resolve().parent
PATH = os.environ.get("GAZETTE_CONTENU", str(ROOT / "content"))
OUTPUT_PATH = str(ROOT / "output" / "public")
THEME = gazette.plugin.THEME  # le thème de Gazette ; un dossier à vous, pour le vôtre
PLUGINS = [gazette.plugin]

GAZETTE = gazette.read.newsroom(PATH, THEME)
SITENAME = GAZETTE.title
SITEURL = GAZETTE.audiences[0].address.rstrip("/")
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
