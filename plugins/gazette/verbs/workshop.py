"""What the program's own team needs: figures, tests, pages made from the code, locks, and a circonscription's start."""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from invoke.exceptions import Exit

from gazette.terminal.call import CLOSED, DONE, ROOT, instant, order, refusal, shown
from gazette.verbs.edge import PLACE_HELP, verb

CHECKS = {
    "le style": ("ruff", "check"),
    "la mise en forme": ("ruff", "format", "--check"),
    "les types": ("mypy",),
}
"""Run beside the tests, and told after them."""
# Six at once on two cores: they wait for servers, browsers and children. A module is whole on one of them, so that
# what it shares is made once; the longest come first (tests/conftest.py).
TESTS = ("pytest", "-n", "6", "--dist", "loadscope", "--no-loadscope-reorder")
COMPILE = (
    *("pip", "compile", "pyproject.toml", "--quiet", "--universal", "--generate-hashes"),
    *("--no-emit-index-url", "--no-annotate", "--no-header", "--output-file"),
)


@verb(
    positional=["dossier"],
    help={
        "dossier": "dossier nouveau, où l’écrire",
        "reponses": "lit les réponses dans ce fichier YAML au lieu de les demander",
        "gazette": "version dont elle dépendra, telle que pip la lit (par défaut, celle-ci)",
        "jour": PLACE_HELP["jour"],
    },
)
def circonscription(dossier: str, reponses: str = "", gazette: str = "", jour: str = "") -> int:
    """Commence une circonscription : douze questions, puis un dépôt prêt, qui se construit aussitôt."""
    from gazette.terminal.circonscription import ask, pinned, tell_begun
    from gazette.write.circonscription import answers, begin, check_free

    target = Path(dossier).absolute()
    kept = target.with_name(f"{target.name}.reponses.yml")
    check_free(target)
    given = answers(Path(reponses)) if reponses else ask(kept)
    line = gazette or pinned()
    files = begin(target, given, line, instant(jour).date())
    if not reponses:
        kept.unlink(missing_ok=True)
    tell_begun(dossier, files, line)
    return DONE


@verb(
    help={
        "archive": "lit l’archive de Sveltia CMS dans ce fichier, au lieu de la demander à npm",
        "vers": "écrit aussi, dans ce dossier, de quoi le mettre en ligne pour l’équipe : REDACTION dit quelle forge",
        "contenu": PLACE_HELP["contenu"],
    },
)
def redaction(archive: str = "", vers: str = "", contenu: str = "") -> int:
    """Pose l’éditeur du navigateur, à l’adresse /admin/ de l’aperçu, ou l’écrit pour toute l’équipe (--vers)."""
    from gazette.admin.bundle import PACKAGE, VERSION, folder, install, is_installed
    from gazette.admin.desk import desk, files, put
    from gazette.check import load

    wanted = order(contenu, "", "")
    team = desk(ROOT / "publishconf.py") if vers else None
    place = (
        folder(ROOT)
        if team and not archive and is_installed(ROOT)
        else install(ROOT, Path(archive) if archive else None)
    )
    print(f"{PACKAGE} {VERSION} est dans {shown(place)}. Écrivez à l’adresse /admin/ de l’aperçu.")
    if team:
        made = put(Path(vers).absolute(), files(ROOT, wanted.content, load(wanted)[0], team))
        print(f"{shown(made)} : à servir tel quel, à l’adresse /admin/ d’un nom à lui (docs/redaction.md).")
    return DONE


@verb(help={"vers": "dossier à écrire (par défaut .vscode)"})
def vscode(vers: str = "") -> int:
    """Écrit .vscode/ : l’éditeur propose les clés de l’en-tête et leurs valeurs, et contrôle d’une touche."""
    from gazette.state import write_whole
    from gazette.write.editor import files

    folder = Path(vers) if vers else ROOT / ".vscode"
    for name, text in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, text.encode())
    print(f"{shown(folder)} : {len(files())} fichiers. Dans l’éditeur : Terminal, Exécuter la tâche, Gazette.")
    return DONE


@verb(positional=["code"], help={"code": "celui qui est entre crochets à la fin d’un message, par exemple LEC-02"})
def messages(code: str = "") -> int:
    """Dit tous les messages et ce qu’ils demandent, comme docs/messages.md ; ou ceux d’un seul code."""
    from gazette.messages.catalogue import entry, page
    from gazette.messages.catalogue import messages as known
    from gazette.read.explain import suggestion

    said = known() if code else {}
    if code and code.upper() not in said:
        raise refusal(f"code inconnu « {code} » : {suggestion(code, sorted(said))}")
    print(entry(code.upper(), said[code.upper()]) if code else page(), end="")
    return DONE


@verb()
def regles() -> int:
    """Dit les règles du contrôle, une ligne chacune, comme docs/regles.md."""
    from gazette.rgpd.rulebook import page

    print(page(), end="")
    return DONE


@verb(
    help={
        "articles": "nombre d’articles du corpus (par défaut 1000)",
        "face-a": "à côté de : hugo, pelican",
        "repetitions": "nombre de mesures de chaque cas (par défaut 3)",
        "json": "écrit les mesures dans ce fichier",
        "profil": "écrit dans ce dossier le profil de chaque cas (cProfile), qui alourdit ses mesures",
    },
)
def mesurer(articles: int = 1000, face_a: str = "", repetitions: int = 3, json: str = "", profil: str = "") -> int:
    """Mesure la construction sur un grand corpus : table, et JSON sur demande."""
    if articles < 1 or repetitions < 1:
        raise refusal("--articles et --repetitions : au moins 1")
    words = [str(ROOT / "benchmarks" / "measure.py"), "--articles", str(articles), "--runs", str(repetitions)]
    words += ["--against", face_a] if face_a else []
    words += ["--json", json] if json else []
    if profil:
        Path(profil).mkdir(parents=True, exist_ok=True)
        words += ["--profile", str(Path(profil).resolve())]
    return subprocess.run([sys.executable, *words], check=False).returncode


@verb(
    positional=["mots"],
    iterable=["mots"],
    help={
        "mots": "donnés à pytest : fichiers, et options après --",
        "complet": "tous les comptes, les balayages et l’échelle",
    },
)
def test(mots: list[str] | None = None, complet: bool = False) -> int:
    """Vérifie le style, les types, puis tout le reste par les tests."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""} | ({"GAZETTE_COMPLET": "1"} if complet else {})
    with tempfile.TemporaryDirectory() as folder:
        begun = {}
        for name, command in CHECKS.items():
            with Path(folder, name).open("wb") as told:
                words = [sys.executable, "-m", *command]
                begun[name] = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=told, stderr=subprocess.STDOUT)
        words = [sys.executable, "-m", *TESTS, *(mots or [])]
        tested = subprocess.run(words, cwd=ROOT, env=environment, check=False)
        failed = [name for name, child in begun.items() if child.wait()]
        for name in begun:
            print(f"{name} :", Path(folder, name).read_text("utf-8", "replace").strip())
    failed += ["les tests"] if tested.returncode else []
    if failed:
        raise Exit(f"À reprendre : {', '.join(failed)}.", code=CLOSED)
    return DONE


@verb(help={"recentes": "passe à la dernière version de tout ce que pyproject.toml permet"})
def verrouiller(recentes: bool = False) -> int:
    """Recalcule les verrous (requirements*.lock) d’après pyproject.toml."""
    core, photos, tests = "requirements.lock", "requirements-photos.lock", "requirements-test.lock"
    upgrade = ["--upgrade"] if recentes else []
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if uv is None:
            venv.create(folder, with_pip=True)
            run(f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "uv")
            uv = f"{folder}/bin/uv"
        run(uv, *COMPILE, core, *upgrade)
        run(uv, *COMPILE, photos, *upgrade, "--extra", "photos", "--constraint", core)
        run(uv, *COMPILE, tests, *upgrade, "--extra", "photos", "--group", "test", "--constraint", photos)
    print(f"Verrous à jour : {core}, {photos}, {tests}.")
    return DONE


def run(*command: str) -> None:
    """Run a command at the root, with the system's certificates for uv; leave with its code when it fails."""
    code = subprocess.run(command, cwd=ROOT, env=os.environ | {"UV_SYSTEM_CERTS": "1"}, check=False).returncode
    if code:
        raise Exit(f"En échec : {' '.join(command)}", code=code)
