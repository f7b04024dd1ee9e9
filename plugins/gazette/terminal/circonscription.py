"""The twelve questions of a new circonscription, and what to do once it is there."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from gazette.errors import ConfigurationError
from gazette.read.history import origin
from gazette.terminal.call import HERE, answered, refusal
from gazette.write.circonscription import QUESTIONS, checked

NAME = "gazette-circonscription"
LOCAL = "file:"
"""How an address starts that is of this machine alone."""


def ask() -> dict[str, str]:
    """Ask each question until its answer can be one; without a terminal, a file has to answer."""
    if not sys.stdin.isatty():
        raise refusal("sans terminal, donnez les réponses : --reponses FICHIER.yml")
    given: dict[str, str] = {}
    for rank, question in enumerate(QUESTIONS, 1):
        while question.key not in given:
            answer = answered(f"{rank}/{len(QUESTIONS)} · {question.words} (par exemple {question.example}) : ")
            try:
                given[question.key] = checked(question, answer)
            except ConfigurationError as error:
                print(f"  {error}")
    return given


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
