"""The repository of a new circonscription: twelve answers, and everything that it needs to build at once."""

from __future__ import annotations

import re
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError, GazetteError, why
from gazette.model.text import clean_line, slug
from gazette.papers.inspection import skeleton
from gazette.read import newsroom
from gazette.read.frontmatter import FrontMatter, load
from gazette.write import editor
from gazette.write.header import written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

SKELETON = Path(__file__).with_name("depart")
SOURCE = next(folder for folder in Path(__file__).resolve().parents if (folder / "tasks.py").is_file())
"""Where Gazette's own files are: its repository, or the installed package."""
OURS = (".gitattributes", ".gitlab-ci.yml", ".github/workflows/gazette.yml")
"""Files that a circonscription has as Gazette's own repository has them."""
GUIDE = "content/pages"
"""Where the guide is, and the reminder of the law that it leads to."""
_DEMO = re.compile(r"[\w.-]+@ac-valbrune\.example")
GUIDES = (
    "guide-de-l-erun.md",
    "guide-de-l-inspecteur.md",
    "guide-des-auteurs",
    "guide-des-directeurs.md",
    "publier-en-regle.md",
)
FILS = ("actualites", "projets", "directeurs", "outils", "evenements", "ecoles")
_QUOTED = frozenset({"content/circonscription.yml"})
"""Files where an answer is a YAML value; elsewhere it is a sentence's words."""


@dataclass(frozen=True, slots=True)
class Question:
    """What cannot be guessed of a circonscription."""

    key: str
    words: str
    form: str
    """What an answer looks like, as a regular expression."""
    example: str


_ADDRESS = r"https://[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:/[a-z0-9/_-]*)?"
_WORDS = r".{2,120}"
_DEPARTMENT = r"0(?:0[1-9]|[1-8][0-9]|9[0-5])|620|720|97[1-8]|98[678]"
"""As the codes of its schools begin: 086, 974, and 620 or 720 in Corsica."""
_CORSICA = {"02A": "620", "02B": "720"}
QUESTIONS = (
    Question("nom", "Nom de la circonscription", _WORDS, "Valbrune"),
    Question("departement", "Code du département, comme au début des codes d’école", _DEPARTMENT, "086"),
    Question("academie", "Académie", _WORDS, "académie de Poitiers"),
    Question("zone", "Zone de vacances", r"[ABC]", "A"),
    Question("public", "Adresse de l'édition publique", _ADDRESS, "https://valbrune.exemple.fr/"),
    Question("enseignants", "Adresse de l'édition des enseignants", _ADDRESS, "https://enseignants.exemple.fr/"),
    Question("directeurs", "Adresse de l'édition des directeurs", _ADDRESS, "https://directeurs.exemple.fr/"),
    Question("ent", "Nom de l'ENT des écoles", _WORDS, "l'ENT des écoles de la Vienne"),
    Question("courriel", "Adresse de fonction de l'IEN", r"[a-z0-9._+-]+@[a-z0-9.-]+\.[a-z]{2,}", "ien.86@ac-x.fr"),
    Question("editeur", "Éditeur (mentions légales)", _WORDS, "DSDEN de la Vienne, circonscription de Valbrune"),
    Question("directeur", "Directeur de la publication, prénom et nom : la loi l'exige", _WORDS, "Camille Exemple"),
    Question("hebergeur", "Hébergeur", _WORDS, "Rectorat de l'académie de Poitiers"),
)


def answers(path: Path, *, is_whole: bool = True) -> dict[str, str]:
    """Return the answers that a YAML file gives; ``ConfigurationError`` tells the first that is missing or wrong.

    ``is_whole``: every question is to have its answer; otherwise those that are there are checked.
    """
    matter = FrontMatter()
    try:
        load(path.read_text("utf-8"), matter)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} : illisible ; enregistrez-le en UTF-8") from error
    for fault in matter.faults:
        raise ConfigurationError(f"{path}:{fault.line} : {fault.message} · {fault.remedy}")
    known = {q.key for q in QUESTIONS}
    for key in set(matter.values) - known:
        raise ConfigurationError(f"{path} : question inconnue « {key} » · gardez : {', '.join(sorted(known))}")
    return {q.key: checked(q, matter.values.get(q.key, "")) for q in QUESTIONS if is_whole or q.key in matter.values}


def checked(question: Question, answer: object) -> str:
    """Return the answer as it will be written; ``ConfigurationError`` when it cannot be one."""
    text = _meant(question.key, clean_line(str(answer)))
    if not re.fullmatch(question.form, text):
        typed = clean_line(str(answer))
        said = f"« {typed} »" if typed else "sans réponse"
        raise ConfigurationError(f"{question.key} : {said} · {question.words}, par exemple « {question.example} »")
    return text if "Adresse de l'édition" not in question.words or text.endswith("/") else f"{text}/"


def _meant(key: str, text: str) -> str:
    """Return an answer as it was meant: a department on three characters, an address in small letters."""
    if key == "departement":
        code = text.upper().zfill(3)
        return _CORSICA.get(code, code)
    if key == "zone":
        return text.upper().removeprefix("ZONE").strip()
    if key in {"public", "enseignants", "directeurs"}:
        text = text.lower()
        return text if not text or "://" in text else f"https://{text}"
    return text.lower() if key == "courriel" else text


def check_free(folder: Path) -> None:
    """Raise ``ConfigurationError`` where a folder holds something already: before any question is asked."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"{folder} n'est pas un dossier vide ; donnez le nom d'un dossier nouveau")


def begin(folder: Path, given: Mapping[str, str], gazette: str, day: date) -> tuple[str, ...]:
    """Write the repository, whole or not at all, and return its files; a folder that holds something is not touched.

    ``gazette`` is the line of requirements.txt that says which version of the program this circonscription has.
    """
    check_free(folder)
    name = slug(given["nom"])
    if not name:
        raise ConfigurationError("nom : donnez un nom avec au moins une lettre")
    facts = dict(given) | {
        "identifiant": name,
        "titre": f"Circonscription de {given['nom']}",
        "domaine": given["courriel"].partition("@")[2],
        "jour": day.isoformat(),
        "cle": secrets.token_hex(32),
        "gazette": gazette,
    }
    passage = folder.with_name(f".{folder.name}.en-cours")
    shutil.rmtree(passage, ignore_errors=True)
    try:
        _write(passage, facts, day)
        read = newsroom(passage / "content")
        (passage / "content" / "registres" / "traitements.yml").write_text(skeleton(read), "utf-8")
        if folder.exists():
            folder.rmdir()
        passage.rename(folder)
    except OSError as error:
        raise GazetteError(f"{folder} : impossible à écrire ({why(error)})") from error
    finally:
        shutil.rmtree(passage, ignore_errors=True)
    return tuple(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()))


def _write(root: Path, facts: Mapping[str, str], day: date) -> None:
    """Fill the skeleton, add the files that are the same everywhere, and the folders that wait for texts."""
    renamed = {"gitignore": ".gitignore", "content/actualites/bienvenue.md": f"content/actualites/{day}-bienvenue.md"}
    for source in sorted(p for p in SKELETON.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        name = source.relative_to(SKELETON).as_posix()
        values = {k: written(v) for k, v in facts.items()} if name in _QUOTED else facts
        text = source.read_text("utf-8")
        filled = text if name == "gazette" else Template(text).substitute(values)
        target = root / renamed.get(name, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(filled, "utf-8")
        if name == "gazette":
            target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    for name in OURS:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / name, target)
    _write_guide(root / GUIDE, facts["courriel"])
    for name, text in editor.files().items():
        target = root / ".vscode" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for fil in FILS:
        folder = root / "content" / fil
        folder.mkdir(exist_ok=True)
        if not any(folder.iterdir()):
            (folder / ".gitkeep").touch()


def _write_guide(target: Path, address: str) -> None:
    """Copy the guide, whose readers write to this circonscription rather than to the demo's."""
    for name in GUIDES:
        source = SOURCE / GUIDE / name
        for file in source.iterdir() if source.is_dir() else (source,):
            copy = target / file.relative_to(SOURCE / GUIDE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if file.suffix == ".md":
                copy.write_text(_DEMO.sub(address, file.read_text("utf-8")), "utf-8")
            else:
                shutil.copyfile(file, copy)
