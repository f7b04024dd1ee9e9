"""The twelve questions of a new circonscription, and what to do once it is there."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.read.history import origin
from gazette.state import write_whole
from gazette.terminal.call import HERE, answered, refusal, shown
from gazette.write.circonscription import QUESTIONS, answers, checked
from gazette.write.header import written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "gazette-circonscription"
LOCAL = "file:"
"""How an address starts that is of this machine alone."""


def ask(kept: Path) -> dict[str, str]:
    """Ask each question until its answer can be one, but those that ``kept`` answers; without a terminal, refuse.

    Who interrupts finds the answers given so far in ``kept``, and is told how to go on.
    """
    if not sys.stdin.isatty():
        raise refusal("sans terminal, donnez les réponses : --reponses FICHIER.yml")
    given = answers(kept, is_whole=False) if kept.is_file() else {}
    if given:
        print(f"{shown(kept)} : {len(given)} réponse(s) reprise(s). Pour tout redire, effacez ce fichier.")
    for rank, question in enumerate(QUESTIONS, 1):
        while question.key not in given:
            words = f"{rank}/{len(QUESTIONS)} · {question.words} (par exemple {question.example}) : "
            answer = answered(words, lambda: _keep(kept, given))
            try:
                given[question.key] = checked(question, answer)
            except ConfigurationError as error:
                print(f"  {error}")
            else:
                if given[question.key].rstrip("/") != answer.strip().rstrip("/"):
                    print(f"  lu comme « {given[question.key]} »")
    return given


def _keep(kept: Path, given: Mapping[str, str]) -> None:
    """Keep the answers of who leaves before the end, and tell where."""
    if given:
        write_whole(kept, "".join(f"{key}: {written(answer)}\n" for key, answer in given.items()).encode())
        print(f"\n{len(given)} réponse(s) gardée(s) dans {shown(kept)} : la même commande reprend à la suivante.")


def pinned() -> str:
    """Return the line of requirements.txt that installs this very version: a release, or a commit of ours."""
    if (HERE / "pyproject.toml").is_file():
        address, commit = origin(HERE)
        # pip before 24 reads no address without a host after « @ »
        at = f"git+{address}@{commit}"
        return f"{at}#egg={NAME}" if address.startswith(LOCAL) else f"{NAME} @ {at}"
    try:
        return f"{NAME}=={version(NAME)}"
    except PackageNotFoundError as error:
        raise refusal("version de Gazette inconnue ici : dites-la par --gazette") from error


def tell_begun(folder: str, files: tuple[str, ...], line: str) -> None:
    """Tell what is there, what comes next, and that nobody else can install the line that was written, if so."""
    print(f"{folder}/ : {len(files)} fichiers. Ensuite :")
    print(f'  cd {folder} && git init && git add . && git commit -m "Début"')
    print("  ./gazette                     montre le site sur cet ordinateur")
    print("  README.md                     dit ce qui reste à compléter avant de publier")
    if f"git+{LOCAL}" in line:
        print(f"Attention : {folder}/requirements.txt prend Gazette sur cet ordinateur, où ni vos collègues ni")
        print("l'intégration continue ne la trouveront : mettez-y l'adresse d'un dépôt partagé, ou une version.")
