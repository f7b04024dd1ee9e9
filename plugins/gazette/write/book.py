"""A new shared book, or a new page of one: dated, commented, ready to be written in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.model.cahier import CONTRIBUTIONS, FOLDER
from gazette.model.text import clean_line, slug
from gazette.read.explain import suggestion
from gazette.read.fields import is_uai
from gazette.write.draft import TITLE

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

SEASON = timedelta(weeks=10)
"""How long a book is open, unless its author says otherwise."""
BOOK = """\
---
titre: {title}
date: {day}           # jour de parution de l'appel à pages
statut: brouillon          # brouillon, relecture, puis publie : tant qu'il ne l'est pas, aucune de ses pages ne paraît
auteur: equipe             # une fonction, jamais une personne
resume: À écrire.          # ce que dit la couverture, 300 caractères au plus
theme: À écrire.
ouverture: {day}
cloture: {closes}        # dernier jour pour donner une page : une échéance de la frise
# forme: exposition        # un mur d'images ; sans cette ligne, un livre
# couverture: dessin.png   # une des images: ; sinon la première du livre
# attendus:                # l'équipe voit qui a donné et qui est attendu
#   - {{ecole: 0860001A, classe: CM2}}
# contributions: [0860001A-cm2]   # l'ordre des pages ; sans cette ligne, par école et par classe
---

Ce que l'on demande à chaque classe, en trois points.
"""
PAGE = """\
---
titre: {title}
date: {day}
statut: brouillon          # brouillon, relecture, puis publie
ecole: {school}
classe: {class_name}
resume: À écrire.          # ce que dit le sommaire, 300 caractères au plus
autorisation: À COMPLÉTER  # le texte est une œuvre d'élèves : types: [production], projet: {book}
# oeuvre_eleve: non        # si un adulte l'a écrit : l'autorisation n'est plus demandée
# images:
#   - fichier: dessin.png
#     alt: ce que montre le dessin
#     personnes: aucune
#     oeuvre_eleve: oui
#     autorisation: À COMPLÉTER
# sons:
#   - fichier: son.mp3
#     legende: ce que l'on écoute
#     transcription: ce que l'on entend, mot à mot
#     personnes: aucune    # des voix d'élèves : eleves, et une autorisation de types: [voix]
---

Le texte de la classe.
"""


def write_book(content: Path, title: str, day: date) -> Path:
    """Write the draft of a book and return its path; an existing one is never touched."""
    title, name = _titled(title)
    path = content / FOLDER / name / "index.md"
    if path.parent.exists():
        raise ConfigurationError(f"{path.parent} existe déjà ; choisissez un autre titre, ou ouvrez ce cahier")
    return _written(path, BOOK.format(title=_quoted(title), day=day, closes=day + SEASON))


def write_page(content: Path, title: str, book: str, school: str, class_name: str, day: date) -> Path:
    """Write the draft of a page of a book and return its path; the next ones of a class stand beside the first."""
    title, name = _titled(title)
    known = sorted(folder.name for folder in (content / FOLDER).glob("*") if (folder / "index.md").is_file())
    if not book:
        books = ", ".join(known) or "aucun cahier : commencez par ./gazette nouveau cahier"
        raise ConfigurationError(f"dites de quel cahier est cette page : --cahier CAHIER ({books})")
    if book not in known:
        raise ConfigurationError(f"--cahier : aucun cahier « {book[:60]} » ; {suggestion(book, known)}")
    if not is_uai(school):
        raise ConfigurationError("--ecole : donnez le code UAI de l'école, par exemple 0860001A")
    class_name = clean_line(class_name)
    folder = content / FOLDER / book / CONTRIBUTIONS / "-".join(w for w in (school, slug(class_name)) if w)
    path = folder / ("index.md" if not (folder / "index.md").exists() else f"{name}.md")
    text = PAGE.format(title=_quoted(title), day=day, school=school, class_name=_quoted(class_name), book=book)
    return _written(path, text)


def _titled(title: str) -> tuple[str, str]:
    title, name = clean_line(title), slug(title)
    if not name:
        raise ConfigurationError("donnez un titre avec au moins une lettre ou un chiffre")
    if len(title) > TITLE:
        raise ConfigurationError(f"titre de plus de {TITLE} caractères ; raccourcissez-le")
    return title, name


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigurationError(f"{path} existe déjà ; choisissez un autre titre, ou ouvrez ce fichier") from error
    return path
