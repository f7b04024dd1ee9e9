"""Tests of cli.py, and of the verbs that need no browser: calls, help and refusals in French."""

import io
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import jsonschema
import pytest
from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

import tasks
from gazette.cli import Gazette, main
from gazette.model.finding import Severity
from tests.samples import ROOT, Site

Said = tuple[int, str, str]
FORMAT = "./gazette controler : option inconnue « --formt ». Vouliez-vous dire « --format » ?"
STOPS = "Gazette s’arrête :"
PLACE = ("--contenu", "content", "--sortie", "output", "--jour", "2026-11-23 12:00")
"""A copied circonscription, from the folder that holds it, on the tests' day."""


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Return what a call ends with: its code, what it printed, what it complained of."""

    def call(*words: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            main(["gazette", *words])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


def run(site: Site, *words: str) -> Said:
    """Call the program as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-P", "-X", "utf8", "-m", "gazette.cli", *words, *PLACE],
        cwd=site.content.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def call(site: Site, *words: str) -> Said:
    """Call the program as ``run`` does, within this process: what it imports, half a second, is there already."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(site.content.parent)
        patch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit) as ended:
            main(["gazette", *words, *PLACE])
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


@pytest.mark.parametrize("word", ["--aide", "--help", "-h", "aide"])
def test_help_lists_every_verb_in_french(say: Callable[..., Said], word: str):
    """With its alias and its first line; without a word of English."""
    code, out, err = say(word)
    verbs = [
        "apercu (serve)",
        "construire (build)",
        "controler (check)",
        "nouveau GENRE TITRE (new)",
        "publier (publish)",
    ]
    english = [w for w in ("Options", "Core", "Subcommands", "Usage: ", "show this help") if w in out]
    assert (0, "", [], []) == (code, err, [verb for verb in verbs if verb not in out], english)


@pytest.mark.parametrize(
    ("words", "usage"),
    [
        (["construire", "--aide"], "Usage : ./gazette construire [--options]\nAussi : build\n"),
        (["build", "-h"], "Usage : ./gazette construire [--options]\nAussi : build\n"),
        (["nouveau", "--help"], "Usage : ./gazette nouveau GENRE TITRE [--options]\nAussi : new\n"),
        (["publier", "--aide", "--simuler"], "Usage : ./gazette publier --cible CIBLE [--options]\nAussi : publish\n"),
        (["test", "--aide"], "Usage : ./gazette test [MOTS…] [--options]\n"),
    ],
)
def test_each_verb_has_its_help(say: Callable[..., Said], words: list[str], usage: str):
    """By its name or its alias: what it takes, what it does, each option with its words."""
    code, out, err = say(*words)
    assert 80 >= max(map(len, out.split("\n")))
    bare = [line for line in out.split("\n") if line.startswith("  --") and len(line.split()) < 3]
    assert (0, usage, "", []) == (code, out[: len(usage)], err, bare)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["construir"], "./gazette : commande inconnue « construir ». Vouliez-vous dire « construire » ?"),
        (["zzz"], "./gazette : commande inconnue « zzz »"),
        (["--frais"], "./gazette : « --frais » vient après une commande"),
        (["--aied"], "./gazette : « --aied » vient après une commande. Vouliez-vous dire « --aide » ?"),
        (["conducteur", "--format", "texte"], "./gazette conducteur : option inconnue « --format »"),
        (["controler", "--formt", "json"], FORMAT),
        (["check", "--formt", "json"], FORMAT),
        (
            ["moderer", "--txete", "a"],
            "./gazette moderer : option inconnue « --txete ». Vouliez-vous dire « --texte » ?",
        ),
        (["controler", "--FORMAT", "json"], FORMAT.replace("formt", "FORMAT")),
        (
            ["construire", "--Édition", "public"],
            "./gazette construire : option inconnue « --Édition ». Vouliez-vous dire « --edition » ?",
        ),
        (
            ["nouveau", "--genr", "projets"],
            "./gazette nouveau : option inconnue « --genr ». Vouliez-vous dire « GENRE » ?",
        ),
        (["controler", "--format"], "./gazette controler : il manque une valeur : --format FORMAT"),
        (["controler", "--format", "--jour", "x"], "./gazette controler : il manque une valeur : --format FORMAT"),
        (["controler", "--format", "xml"], "format inconnu « xml » : texte, json, gitlab ou github"),
        (["controler", "un"], "./gazette controler : argument en trop : « un »"),
        (["construire", "--frais=oui"], "./gazette construire : --frais ne prend pas de valeur"),
        (["apercu", "--port", "abc"], "./gazette apercu : --port attend un nombre entier, et non « abc »"),
        (["nouveau"], "./gazette nouveau : il manque GENRE TITRE"),
        (["nouveau", "actualites"], "./gazette nouveau : il manque TITRE"),
        (["publier"], "./gazette publier : il manque --cible CIBLE"),
        (["controler", "--jour", "hier"], f"{STOPS} --jour « hier » : écrivez AAAA-MM-JJ, ou « AAAA-MM-JJ HH:MM »"),
        (["controler", "--contenu", "absent"], f"{STOPS} absent : ce dossier n’existe pas"),
        (
            ["construire", "--edition", "x"],
            f"{STOPS} édition inconnue « x » ; choisissez parmi : public, enseignants, directeurs",
        ),
    ],
)
def test_a_wrong_call_says_what_to_write(say: Callable[..., Said], words: list[str], message: str):
    """Exit code 2, one French sentence on the error channel, nothing on the other."""
    code, out, err = say(*words)
    assert (2, "", message) == (code, out, err.split("\n")[0])


def words_of(*words: str) -> dict[str, object]:
    """Return what a verb of several files is given by a call."""
    given: dict[str, object] = {}

    @task(positional=["fichiers"], iterable=["fichiers"], aliases=["ok"])
    def valider(_: Context, fichiers: list[str], role: str = "ien", fois: int = 1, fort: bool = False) -> None:
        """Approuve."""
        given.update(fichiers=fichiers, role=role, fois=fois, fort=fort)

    collection = Collection()
    collection.add_task(valider)
    Gazette(name="Essai", binary="essai", namespace=collection).run(["essai", *words], exit=False)
    return given


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["valider", "a.md"], {"fichiers": ["a.md"]}),
        (["valider", "a.md", "b c.md", "d.md"], {"fichiers": ["a.md", "b c.md", "d.md"]}),
        (["ok", "a.md", "--role", "cpc", "b.md"], {"fichiers": ["a.md", "b.md"], "role": "cpc"}),
        (["valider", "--fort", "a.md", "--fois=3"], {"fichiers": ["a.md"], "fort": True, "fois": 3}),
        (["valider", "a.md", "--role=a=b"], {"fichiers": ["a.md"], "role": "a=b"}),
        (["valider", "--role", "-x", "a.md"], {"fichiers": ["a.md"], "role": "-x"}),
        (["valider", "--", "--role", "-h"], {"fichiers": ["--role", "-h"]}),
        (["valider", "-"], {"fichiers": ["-"]}),
    ],
)
def test_a_verb_takes_several_files_and_options_anywhere(words: list[str], expected: dict[str, object]):
    """Words are handed out in their order; after ``--`` nothing is an option."""
    assert {"role": "ien", "fois": 1, "fort": False} | expected == words_of(*words)


def test_the_version_is_told():
    """The package's number, and the commit where it is run from its repository."""
    number = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    for word in ("--version", "-V"):
        with redirect_stdout(io.StringIO()) as told, pytest.raises(SystemExit) as ended:
            main(["gazette", word])
        assert (0, True) == (ended.value.code, told.getvalue().startswith(f"Gazette {number}"))


def test_a_check_in_json_is_one_array_and_nothing_else(site: Site):
    """What a forge reads: notes leave the code at 0."""
    code, out, err = run(site, "controler", "--format", "json")
    note = {
        "code": "RGPD-15",
        "gravite": "note",
        "fichier": "content/actualites/2026-11-12-oeuvres/index.md",
        "ligne": 9,
        "colonne": 5,
        "message": "l'autorisation AUT-2025-001 n'est pas valable ce jour : « peinture.png » ne paraît pas",
        "remede": "retirez ce fichier (image), ou faites renouveler l'autorisation",
    }
    found = json.loads(out)
    assert (0, [note], ["RGPD-15", "RGPD-19"], "") == (code, found[:1], [f["code"] for f in found], err)


def test_a_refused_entry_fails_a_check(site: Site):
    """Exit code 1; on a terminal each finding is a line, and the last line sums up."""
    site.write("actualites/2026-11-02-x.md", "---\ntitre: X\ndate: 2/11/26\nresume: R\n---\n")
    in_json = run(site, "controler", "--format", "json")
    code, out, err = run(site, "controler")
    line = "content/actualites/2026-11-02-x.md:3:7 · date illisible « 2/11/26 » · écrivez date: 2026-11-02  [LEC-02]"
    assert (1, ["LEC-02", "RGPD-15", "RGPD-19"]) == (in_json[0], [f["code"] for f in json.loads(in_json[1])])
    assert (1, f"refusé · {line}", "Contrôle : 2 remarque(s), 1 refus, 0 arrêt(s) ; 3 texte(s) en attente", "") == (
        code,
        out.split("\n")[2],
        out.split("\n")[3].partition(" (brouillons")[0],
        err,
    )


CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/).+"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation asks of a Code Quality report; a path is relative to the repository, without « ./ »."""


def test_a_check_for_gitlab_is_code_quality(site: Site):
    """Each finding has what GitLab asks for, and its own fingerprint."""
    site.write("actualites/2026-11-02-x.md", "---\ntitre: X\ndate: hier\nresume: R\nepingle: demain\n---\n")
    code, out, _ = run(site, "check", "--format", "gitlab")
    rows = json.loads(out)
    jsonschema.validate(rows, CODE_QUALITY)
    severities = sorted(row["severity"] for row in rows)
    keys = {"description", "check_name", "fingerprint", "severity", "location"}
    assert (1, ["major", "major", "minor", "minor"], 4, [keys] * 4) == (
        code,
        severities,
        len({row["fingerprint"] for row in rows}),
        [set(row) for row in rows],
    )


def test_a_broken_configuration_is_a_broken_set_up(site: Site):
    """Exit code 2, where and what to do, no traceback; not even an empty array."""
    site.change("circonscription.yml", "zone: A", "zone: D")
    code, out, err = run(site, "controler", "--format", "json")
    assert (2, "", True, False) == (code, out, ":8:7 · zone : valeur inconnue « D »" in err, "Traceback" in err)


def test_a_check_prints_and_asks_for_nothing(site: Site):
    """Nothing is written but the memo, beside the output."""
    before = set(site.content.parent.rglob("*"))
    run(site, "controler")
    created = set(site.content.parent.rglob("*")) - before
    assert {".gazette"} == {p.relative_to(site.content.parent).parts[0] for p in created}


def test_a_new_text_is_written_and_its_path_told(site: Site):
    """Ready to be opened, and valid, its model's words apart; the same call again is refused."""
    first, second = (run(site, "nouveau", "actualites", "L’été : « à lire »") for _ in range(2))
    path = "content/actualites/2026-11-23-l-ete-a-lire.md"
    assert ((0, f"{path}\n", ""), 2, True, {("LEC-47", Severity.NOTE)}) == (
        first,
        second[0],
        "existe déjà" in second[2],
        {(f.code, f.severity) for f in site.read().findings},
    )


def test_every_verb_of_the_contract_s_first_issue_is_there():
    """tasks.py offers them, and each says in French what it does."""
    wanted = {"apercu", "construire", "controler", "nouveau", "publier", "mesurer", "test", "verrouiller"}
    offered = tasks.namespace.tasks
    assert (set(), []) == (wanted - set(offered), [name for name, verb in offered.items() if not verb.__doc__])


def test_a_server_is_written_and_passwords_are_told_once(site: Site, tmp_path: Path):
    """``serveur`` writes where it is told; ``acces`` tells a password a school, then nothing more, then one again."""
    site.open_tokens()
    code, out, _ = call(site, "serveur", "--vers", str(tmp_path / "nginx.conf"))
    assert (0, True) == (code, "directeurs : 0 adresse(s) déplacée(s), 0 retirée(s)" in out)
    assert "server_name directeurs.sourcelle.example;" in (tmp_path / "nginx.conf").read_text("utf-8")
    file = tmp_path / "ecoles"
    first = call(site, "acces", "directeurs", "--vers", str(file))[1]
    words = [line.split()[1] for line in first.splitlines() if line.startswith("086")]
    assert (len(words), 0o640) == (file.read_text("utf-8").count("$2b$"), file.stat().st_mode & 0o777)
    assert words
    assert not any(word in file.read_text("utf-8") for word in words)
    assert "0 mot(s) de passe tiré(s)" in call(site, "acces", "directeurs", "--vers", str(file))[1]
    again = call(site, "acces", "directeurs", "--vers", str(file), "--ecoles", "0869001s")[1]
    assert (True, False) == ("1 mot(s) de passe tiré(s)" in again, any(word in again for word in words))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["directeurs", "--vers", "x/p"], "le dossier x n’existe pas"),
        (["directeurs", "--vers", "content/p"], "ni dans le contenu ni en ligne"),
        (["directeurs", "--vers", "p", "--ecoles", "0860000X"], "0860000X n’est pas dans l’annuaire"),
        (["profs"], "ne se lit pas par mot de passe"),
    ],
)
def test_passwords_go_nowhere_else(site: Site, words: list[str], reason: str):
    """Neither on line nor in the repository, nor to a school that is not in the directory."""
    code, out, err = call(site, "acces", *words)
    assert (2, True) == (code, reason in out + err)


def test_a_history_is_never_purged_silently(site: Site):
    """Without a keyboard nothing changes; ``--oui`` purges, tells what stays to do; it goes with no withdrawal."""
    text = "actualites/2026-11-18-affiche"
    root = site.content.parent
    names = ["-c", "user.name=cpc", "-c", "user.email=cpc@ac-valbrune.example"]
    assert 0 == run(site, "retirer", "--entree", text)[0]
    for words in (["init", "-q"], ["add", "content"], [*names, "commit", "-qm", "x"], ["clone", "-q", ".", "purge"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    both = run(site, "retirer", "--entree", text, "--historique", "purge")
    asked = run(site, "retirer", "--historique", "purge")
    before = (root / "purge/content" / text / "index.md").is_file()
    done = run(site, "retirer", "--historique", "purge", "--oui")
    after = (root / "purge/content" / text / "index.md").exists()
    told = ("Rien n’est changé" in asked[1], "Reste à faire" in done[1])
    assert (2, 1, True, 0, False, (True, True)) == (both[0], asked[0], before, done[0], after, told)
