"""The pipeline: what a build promises, whatever was there before it and whatever happens to it."""

import errno
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gazette import pool
from gazette.build import build
from gazette.cli import main
from gazette.errors import BusyError, ConfigurationError, GazetteError
from gazette.inquiry import inspect
from gazette.model.finding import Severity
from gazette.press.stage import Printing
from gazette.press.worker import DECODER
from gazette.read.registers import withdrawals
from gazette.state import State, state_folder
from tests.plain import SETTINGS, digests, files, print_plain, settings_with
from tests.samples import NOW, ROOT, Site

EDITIONS = ("public", "enseignants", "directeurs")
FLUENCE = "actualites/2026-09-15-fluence.md"
DAY = "2026-11-23 12:00"


def called(*words: str) -> int:
    """Run a command of ``./gazette`` and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["gazette", *words])
    return int(ended.value.code or 0)


def places(site: Site) -> tuple[str, ...]:
    """Return the options that say where a command reads and writes, and the tests' day."""
    return ("--contenu", str(site.content), "--sortie", str(site.output), "--jour", DAY)


def fresh(site: Site, **options: object) -> dict[str, str]:
    """Return what a first build prints elsewhere."""
    elsewhere = site.output.with_name("ailleurs")
    for folder in (elsewhere, state_folder(elsewhere)):
        shutil.rmtree(folder, ignore_errors=True)
    print_plain(replace(site, output=elsewhere), **options)
    return digests(elsewhere)


def inodes(site: Site) -> dict[str, int]:
    """Return which file each path of the output is: one that is printed again is another."""
    return {f.relative_to(site.output).as_posix(): f.stat().st_ino for f in site.output.rglob("*") if f.is_file()}


# The same bytes.


def test_built_twice_has_the_same_bytes(site: Site):
    """In two places, from nothing."""
    print_plain(site, is_first=True)
    assert digests(site.output) == fresh(site)


def test_a_fresh_build_has_the_same_bytes(site: Site):
    """``--frais`` reads no memo, and prints everything again."""
    print_plain(site)
    before = digests(site.output)
    counts = print_plain(site, is_fresh=True).counts
    assert (before, [0, 0, 0]) == (digests(site.output), [c.unchanged for c in counts.values()])


@pytest.mark.parametrize(
    ("variables", "umask", "cwd"),
    [
        ({"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o077, "/"),
        ({"TZ": "America/Adak", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"}, 0o002, "/tmp"),
    ],
)
def test_the_machine_does_not_show(site: Site, variables: dict[str, str], umask: int, cwd: str):
    """Another time zone, language, hash seed, umask and folder print the same bytes."""
    called("construire", *places(site))
    before = digests(site.output)
    elsewhere = site.output.with_name("ailleurs")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'plugins'}", **variables}
    words = ["construire", "--contenu", str(site.content), "--sortie", str(elsewhere), "--jour", DAY]
    done = subprocess.run(
        [sys.executable, "-m", "gazette.cli", *words],
        env=environment,
        umask=umask,
        cwd=cwd,
        capture_output=True,
        check=False,
    )
    assert (0, before) == (done.returncode, digests(elsewhere)), done.stderr.decode()[-2000:]


def test_hands_print_and_tell_the_same(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Four processes that share every work of two items or more, and one alone."""
    (site.content / FLUENCE).write_bytes(b"\xff")
    site.change("projets/2026-11-05-exposition.md", "auteur: erun", "auteur: erun\nedition: enseignants")
    alone = print_plain(site)
    before, forked = digests(site.output), []
    monkeypatch.setattr("gazette.hands.cores", lambda: 4)
    monkeypatch.setattr("gazette.hands.threading.active_count", lambda: 1)
    monkeypatch.setattr("gazette.hands.share.__defaults__", (1,))
    fork = os.fork
    monkeypatch.setattr("os.fork", lambda: forked.append(1) or fork())
    other = replace(site, output=site.output.with_name("ailleurs"))
    together = print_plain(other)
    assert (True, alone.findings, before) == (len(forked) > 9, together.findings, digests(other.output))


def test_a_build_starts_its_decoders_once(site: Site, monkeypatch: pytest.MonkeyPatch):
    """What measures media lends its processes to every edition that prints them."""
    started: list[str] = []
    worker = pool._Worker
    monkeypatch.setattr(pool, "_Worker", lambda module: started.append(module) or worker(module))
    print_plain(site, is_fresh=True)
    assert 1 <= started.count(DECODER) <= (os.cpu_count() or 1)


def test_a_copy_of_the_content_prints_the_same_bytes(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Neither the folder's name, nor the times of its files, nor their order on the disk show."""
    print_plain(site)
    copied = tmp_path / "autre nom"
    for file in sorted((f for f in site.content.rglob("*") if f.is_file()), reverse=True):
        target = copied / file.relative_to(site.content)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
        os.utime(target, (0, 0))
    monkeypatch.setenv("GAZETTE_CONTENU", str(copied))
    other = replace(site, content=copied, output=tmp_path / "copie")
    print_plain(other)
    assert digests(site.output) == digests(other.output)


# Incremental equals fresh.

STEPS: dict[str, Callable[[Site], object]] = {
    "edit": lambda s: s.change(FLUENCE, "Passer le test", "Faire passer le test"),
    "title": lambda s: s.change(FLUENCE, "Fluence en CM", "La fluence"),
    "rename": lambda s: (s.content / FLUENCE).rename(s.content / "actualites/2026-09-15-lire-vite.md"),
    "add": lambda s: s.write(
        "actualites/2026-11-19-neuf.md",
        "---\ntitre: Neuf\ndate: 2026-11-19\nstatut: publie\nresume: r\n---\n\nTexte.\n",
    ),
    "picture": lambda s: shutil.copy(
        s.content / "actualites/2026-11-12-oeuvres/peinture.png", s.content / "actualites/2026-11-18-affiche/dessin.png"
    ),
    "restrict": lambda s: s.change(
        "projets/2026-11-05-exposition.md", "auteur: erun", "auteur: erun\nedition: enseignants"
    ),
    "delete": lambda s: (s.content / "outils/2026-11-13-mur-de-craie.md").unlink(),
    "school": lambda s: s.change("ecoles/0869001S.md", "École du Petit Pont", "École du Grand Pont"),
    "break": lambda s: s.change("directeurs/2026-09-02-evaluations.md", "date: 2026-09-02", "date: demain"),
    "newsroom": lambda s: s.change("circonscription.yml", "devise: Un fil par semaine", "devise: Deux fils"),
    "colour": lambda s: s.change("circonscription.yml", "couleur: petrole", "couleur: marine"),
    "withdraw": lambda s: shutil.rmtree(s.content / "actualites/2026-11-18-affiche"),
}


def test_step_by_step_is_the_same_as_all_at_once(site: Site):
    """After each change, and a day later each time, the output is that of a first build."""
    print_plain(site)
    different = []
    for days, (name, step) in enumerate(STEPS.items(), 1):
        step(site)
        now = NOW + timedelta(days=days)
        print_plain(site, now=now)
        if digests(site.output) != fresh(site, now=now):
            different.append(name)
    assert [] == different


@pytest.mark.parametrize("seed", range(20 if os.environ.get("GAZETTE_COMPLET") else 1))
def test_steps_in_any_order_are_the_same_as_all_at_once(site: Site, seed: int):
    """Changes, damages to what is remembered and builds of one edition, as they come."""
    chance = random.Random(seed)  # noqa: S311  # the same steps at each run
    steps: list[Callable[[Site], object]] = list(STEPS.values())
    steps.append(lambda s: (state_folder(s.output) / "public.manifeste.json").unlink(missing_ok=True))
    steps.append(lambda s: (state_folder(s.output) / "memo.sqlite").write_bytes(b"torn"))
    steps.append(lambda s: print_plain(s, editions=("enseignants",)))
    steps.append(lambda s: print_plain(s, now=NOW + timedelta(days=100)))
    print_plain(site)
    for step in chance.sample(steps, len(steps)):
        try:
            step(site)
        except (AssertionError, FileNotFoundError):
            continue  # an earlier step took what this one changes
        if chance.random() < 0.4:
            print_plain(site)
    print_plain(site)
    assert digests(site.output) == fresh(site)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("edit", {"actualites/fluence/index.html"}),
        ("nothing", set()),
    ],
)
def test_only_what_shows_a_change_is_printed_again(site: Site, step: str, expected: set[str]):
    """The text of an entry is on its page and in its feeds, and on no other page of any edition."""
    print_plain(site)
    before = inodes(site)
    STEPS.get(step, lambda _: None)(site)
    print_plain(site)
    changed = {path for path, inode in inodes(site).items() if before.get(path) != inode}
    feeds = {
        f"{e}/fils/{f}.{s}"
        for e in EDITIONS
        for f in ("tout", "actualites", "cycle-3")
        for s in ("xml", "atom", "json")
    }
    assert ({f"public/{p}" for p in expected} | feeds if expected else set()) == changed


def test_counts_tell_what_was_done(site: Site):
    """Printed, unchanged, removed."""
    total = print_plain(site, is_first=True).counts["public"]
    (site.content / "pages/la-circonscription.md").unlink()
    after = print_plain(site).counts["public"]
    assert (total.sheets, 0, total.sheets - 1, 1) == (total.printed, total.unchanged, after.sheets, after.removed)
    assert after.sheets == after.printed + after.unchanged


def test_a_day_prints_the_pages_that_tell_it(site: Site):
    """Entries are not printed again because a day went by."""
    print_plain(site)
    before = inodes(site)
    print_plain(site, now=NOW + timedelta(days=1))
    changed = {p for p, inode in inodes(site).items() if before.get(p) != inode}
    entries = {
        p for p in changed if p.startswith(("public/actualites/", "public/projets/exposition", "public/outils/mur"))
    }
    assert (set(), True) == (entries, "public/index.html" in changed)


# What is remembered may be lost or damaged.


def hurt(path: Path, how: str) -> None:
    """Damage a file of the state."""
    data = path.read_bytes()
    damages = {"cut": data[: len(data) // 2], "empty": b"", "zeros": bytes(len(data)), "noise": b"\xff{" * 500}
    path.write_bytes(damages[how])


@pytest.mark.parametrize("how", ["cut", "empty", "zeros", "noise"])
@pytest.mark.parametrize("name", ["memo.sqlite", "public.manifeste.json"])
def test_a_damaged_state_is_made_again(site: Site, name: str, how: str):
    """The next build prints what a first one would."""
    print_plain(site)
    before = digests(site.output)
    hurt(state_folder(site.output) / name, how)
    print_plain(site)
    assert before == digests(site.output)


def test_texts_that_the_memo_lost_are_made_again(site: Site):
    """Nothing tells it before a page is printed of one: then all is, and it is the right page."""
    print_plain(site)
    before = digests(site.output)
    with sqlite3.connect(state_folder(site.output) / "memo.sqlite") as memo:
        memo.execute("UPDATE memo SET value = 'x' WHERE key LIKE 'texte:%'")
    memo.close()
    for page in site.output.glob("*/**/*.html"):
        page.unlink()
    print_plain(site)
    assert before == digests(site.output)


class KilledError(BaseException):
    """Ends a run where a kill would."""


@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_run_killed_while_it_puts_in_place_is_made_good_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch, count: int
):
    """Even when its change is then taken back: what is half in place is not believed (record 4)."""
    print_plain(site)
    before = digests(site.output)
    site.change(FLUENCE, "110", "999")
    site.change(FLUENCE, "Fluence en CM", "Lecture en CM")  # of the same length: sizes tell nothing

    def half(printing: Printing) -> None:
        for path in sorted(printing.fresh)[:count]:
            (printing.staging / path).replace(printing.output / path)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr("gazette.build.put_in_place", half)
        with pytest.raises(KilledError):
            print_plain(site)
    site.change(FLUENCE, "999", "110")
    site.change(FLUENCE, "Lecture en CM", "Fluence en CM")
    print_plain(site)
    assert before == digests(site.output)


def test_the_whole_state_may_go(site: Site):
    """It is a memory, not the truth."""
    print_plain(site)
    before = digests(site.output)
    shutil.rmtree(state_folder(site.output))
    print_plain(site)
    assert before == digests(site.output)


@pytest.mark.parametrize("name", ["memo.sqlite", "public.manifeste.json"])
def test_a_flipped_bit_never_makes_a_wrong_page(site: Site, name: str):
    """It is found out, or told; what is printed is right."""
    print_plain(site)
    before, path = digests(site.output), state_folder(site.output) / name
    whole, chance = path.read_bytes(), random.Random(7)  # noqa: S311  # the same flips at each run
    wrong = []
    for _ in range(200 if os.environ.get("GAZETTE_COMPLET") else 12):
        data = bytearray(whole)
        for _ in range(20):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(data))
        try:
            print_plain(site)
        except GazetteError:
            continue
        if before != digests(site.output):
            wrong.append(bytes(data))
    assert 0 == len(wrong)


def test_a_damaged_cache_of_pictures_is_mended_by_a_fresh_build(site: Site):
    """``--frais`` believes nothing that was kept."""
    print_plain(site)
    before = digests(site.output)
    for kept in (state_folder(site.output) / "medias").iterdir():
        kept.write_bytes(b"not a picture")
    print_plain(site, is_fresh=True)
    assert before == digests(site.output)


def test_what_is_withdrawn_is_kept_nowhere(site: Site):
    """A picture that its register withdraws leaves the output and the working folder."""
    print_plain(site)
    before, cache = files(site.output), state_folder(site.output) / "medias"
    picture = hashlib.sha256((site.content / "actualites/2026-11-18-affiche/carte.jpg").read_bytes()).hexdigest()
    record = {"id": "RET-2026-002", "jour": "2026-11-23", "motif": "demande", "edition": "public"}
    record |= {"empreintes": f"[{picture}]", "precedent": withdrawals(site.content).withdrawals[-1].digest}
    register = site.content / "registres/retraits.yml"
    lines = "\n    ".join(f"{key}: {value}" for key, value in record.items())
    register.write_text(f"{register.read_text('utf-8')}  - {lines}\n", "utf-8")
    print_plain(site)
    after = files(site.output)
    gone = {before[p] for p in before.keys() - after.keys() if "/media/" in p}
    left = {*after.values(), *(kept.read_bytes()[32:] for kept in cache.iterdir())}
    assert (True, set()) == (bool(gone), gone & left)


# Nothing restricted in a more open edition: the bytes.


def test_the_fixture_s_open_editions_do_not_depend_on_restricted_entries(site: Site):
    """The small circonscription without its directors' and teachers' texts prints the same public edition."""
    print_plain(site)
    before = digests(site.output / "public")
    shutil.rmtree(site.content / "directeurs")
    for path in ("actualites/2026-11-16-rased.md", "evenements/2027-01-13-animation-lecture.md"):
        (site.content / path).unlink()
    assert before == {p.removeprefix("public/"): d for p, d in fresh(site).items() if p.startswith("public/")}


# Set-ups that cannot work, and gates that close.


BROKEN: dict[str, Callable[[Site], object]] = {
    "no file": lambda s: (s.content / "circonscription.yml").unlink(),
    "no YAML": lambda s: s.write("circonscription.yml", "identifiant: [\n"),
    "unknown key": lambda s: s.change("circonscription.yml", "devise:", "devisse:"),
    "two editions at one address": lambda s: s.change(
        "circonscription.yml", "https://directeurs.", "https://enseignants."
    ),
    "reserved fil": lambda s: s.change("circonscription.yml", "  projets:", "  frise:"),
    "unknown floor": lambda s: s.change("circonscription.yml", "plancher: directeurs", "plancher: chefs"),
    "no key": lambda s: (s.content / "registres/cle.yml").unlink(),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_circonscription_stops_the_build(site: Site, capsys: pytest.CaptureFixture[str], what: str):
    """Exit 2, one line that says where, and the output as it was."""
    print_plain(site)
    before = digests(site.output)
    BROKEN[what](site)
    site.change(FLUENCE, "scores", "résultats")
    capsys.readouterr()
    code = called("construire", *places(site))
    told = capsys.readouterr().err
    assert (2, before, True) == (code, digests(site.output), "Gazette s’arrête" in told and "Traceback" not in told)


@pytest.mark.parametrize("more", ["import (", "import absent_module", "THEME = '/nowhere'"])
def test_broken_settings_stop_the_build(site: Site, tmp_path: Path, more: str):
    """Python that cannot be read, a module that is not there, a theme that is none."""
    print_plain(site)
    before = digests(site.output)
    with pytest.raises(GazetteError):
        print_plain(site, settings=settings_with(tmp_path, more=f"\n{more}\n"))
    assert before == digests(site.output)


def test_a_rule_that_fails_stops_the_build(site: Site, monkeypatch: pytest.MonkeyPatch):
    """The gate fails closed: a bug is not caught, and nothing is put in place."""
    print_plain(site)
    before = digests(site.output)
    site.change(FLUENCE, "scores", "résultats")

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("gazette.rgpd.stage.RULES", (fails,))
    with pytest.raises(ZeroDivisionError):
        print_plain(site)
    assert before == digests(site.output)


def test_two_builds_at_once_are_told_apart(site: Site, capsys: pytest.CaptureFixture[str]):
    """The second says that one is under way, and exits 2."""
    with State(state_folder(site.output)):
        code = called("construire", *places(site))
    assert (2, True, False) == (code, "en cours" in capsys.readouterr().err, site.output.exists())


def test_another_output_has_another_lock(site: Site):
    """Two circonscriptions are built at the same time."""
    with State(state_folder(site.output)):
        report = print_plain(replace(site, output=site.output.with_name("autre")))
        with pytest.raises(BusyError):
            print_plain(site)
    assert False is report.is_closed


def test_a_folder_that_is_not_ours_is_refused(site: Site, capsys: pytest.CaptureFixture[str]):
    """Exit 2, and somebody's files stay."""
    (site.output / "directeurs").mkdir(parents=True)
    (site.output / "directeurs" / "these.odt").write_text("à moi")
    code = called("construire", *places(site))
    assert (2, ["directeurs/these.odt"], True) == (
        code,
        list(files(site.output)),
        "videz-le" in capsys.readouterr().err,
    )


def test_a_missing_legal_value_closes_production_only(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """``construire`` says so and prints; ``publier`` exits 1, with nothing on line (rule R2)."""
    site.change("circonscription.yml", "  hebergeur_telephone: 05 99 00 00 01\n", "")
    built = called("construire", *places(site))
    before = digests(site.output)
    site.change(FLUENCE, "scores", "résultats")
    published = called("publier", "--cible", "local", "--vers", str(tmp_path / "www"), *places(site))
    found = (built, published, (tmp_path / "www").exists(), digests(site.output) == before)
    assert (0, 1, False, True) == found
    assert "ARRÊT" in capsys.readouterr().out


def test_a_refused_entry_is_told_and_the_rest_is_printed(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Exit 0, the reserve on the last line and in the report."""
    site.change(FLUENCE, "date: 2026-09-15 08:30", "date: jeudi")
    report = tmp_path / "rapport.json"
    code = called("construire", *places(site), "--rapport", str(report))
    facts = json.loads(report.read_text("utf-8"))
    last = capsys.readouterr().out.strip().splitlines()[-1]
    printed = (site.output / "public/actualites/fluence/index.html").exists()
    assert (0, 1, False, True) == (code, facts["reserves"], printed, "avec réserves : 1" in last)


def test_the_report_has_the_shape_of_the_contract(site: Site, tmp_path: Path):
    """``{"jour","reserves","editions":{NOM:{…}},"constats":[…],"durees":{…}}``."""
    report = tmp_path / "rapport.json"
    called("construire", *places(site), "--rapport", str(report))
    facts = json.loads(report.read_text("utf-8"))
    edition = facts["editions"]["public"]
    told = {"jour", "reserves", "editions", "constats", "durees", "images_non_regardees", "sortis", "prochain"}
    assert told == set(facts)
    assert (DAY, 0, list(EDITIONS)) == (facts["jour"], facts["reserves"], list(facts["editions"]))
    assert {"feuilles", "imprimees", "inchangees", "retirees"} == set(edition)
    keys = {"code", "gravite", "fichier", "ligne", "colonne", "message", "remede"}
    assert [] == [
        row for row in facts["constats"] if set(row) != keys or row["gravite"] not in {"note", "refus", "arret"}
    ]


def test_the_report_of_a_publication_has_the_shape_of_the_contract(site: Site, tmp_path: Path):
    """``{"cible","editions":{NOM:{"envoyes","gardes","supprimes","octets"}}}``, and the plan says the same before."""
    words = ("publier", "--cible", "local", "--vers", str(tmp_path / "www"), *places(site), "--rapport")
    planned, done = tmp_path / "plan.json", tmp_path / "fait.json"
    codes = [called(*words, str(planned), "--simuler"), called(*words, str(done))]
    facts = json.loads(done.read_text())
    sent = facts["editions"]["public"]
    expected = {"envoyes": len(files(site.output / "public")), "gardes": 0, "supprimes": 0}
    assert ([0, 0], planned.read_text(), "local") == (codes, done.read_text(), facts["cible"])
    assert expected == {key: sent[key] for key in expected}
    assert digests(site.output / "public") == digests((tmp_path / "www" / "public").resolve())


def test_publishing_again_sends_nothing(site: Site, tmp_path: Path):
    """Same commit, same day: the same release stays on line."""
    words = ("publier", "--cible", "local", "--vers", str(tmp_path / "www"), *places(site))
    called(*words)
    before = (tmp_path / "www" / "public").resolve()
    code = called(*words, "--rapport", str(tmp_path / "r.json"))
    sent = [e["envoyes"] for e in json.loads((tmp_path / "r.json").read_text())["editions"].values()]
    assert (0, [0, 0, 0], before) == (code, sent, (tmp_path / "www" / "public").resolve())


# Editions.


def test_one_edition_may_be_built_alone(site: Site):
    """The others stay as they were."""
    print_plain(site)
    before = digests(site.output)
    site.change(FLUENCE, "Fluence en CM", "La fluence")
    report = print_plain(site, editions=("enseignants",))
    after = digests(site.output)
    changed = {p.partition("/")[0] for p in before | after if before.get(p) != after.get(p)}
    assert ({"enseignants"}, ["enseignants"]) == (changed, list(report.counts))


def test_an_edition_that_is_not_there_is_a_wrong_call(site: Site):
    """The known ones are told."""
    with pytest.raises(ConfigurationError, match="public, enseignants, directeurs"):
        print_plain(site, editions=("parents",))


def test_an_edition_that_is_no_more_leaves_nothing(site: Site):
    """Removed from the configuration, it is removed from the output."""
    print_plain(site)
    text = (site.content / "circonscription.yml").read_text("utf-8")
    text = text.replace(
        '  - {nom: directeurs, titre: Directeurs, adresse: "https://directeurs.sourcelle.example/"}\n', ""
    )
    fil = text[text.index("  directeurs:\n") : text.index("\nroles:")]
    site.write("circonscription.yml", text.replace(fil, ""))
    shutil.rmtree(site.content / "directeurs")
    print_plain(site)
    state = {p.name for p in state_folder(site.output).glob("*.manifeste.json")}
    expected = ({"public", "enseignants"}, {"public.manifeste.json", "enseignants.manifeste.json"})
    assert expected == ({p.name for p in site.output.iterdir()}, state)


def test_nothing_but_editions_stands_in_the_output(site: Site):
    """What is remembered stands beside it."""
    print_plain(site)
    hidden = {p for p in files(site.output) if any(part.startswith(".") for part in p.split("/"))}
    well_known = {f"{name}/.well-known/gazette.json" for name in EDITIONS}
    assert (set(EDITIONS), well_known) == ({p.name for p in site.output.iterdir()}, hidden)


def test_a_build_leaves_no_working_file(site: Site):
    """Neither beside the output nor in the content."""
    before = digests(site.content)
    print_plain(site)
    left = {p.name for p in state_folder(site.output).iterdir()}
    manifests = {f"{name}.manifeste.json" for name in EDITIONS}
    assert (before, {"medias", "memo.sqlite", "retraits.json", "sceau.json", "verrou"} | manifests) == (
        digests(site.content),
        left,
    )


def test_checking_prints_nothing(site: Site):
    """``controler`` tells what a build would, and leaves the output alone."""
    built = list(print_plain(site).findings)
    shutil.rmtree(site.output)
    found = inspect(site.order(settings=SETTINGS)).findings
    assert (built, False) == (list(found), site.output.exists())


# The preview's own ways.


def test_the_preview_shows_what_is_not_on_line_yet(site: Site):
    """Drafts and scheduled entries, with the reason; a build does not."""
    print_plain(site, is_preview=True)
    page = (site.output / "public/actualites/a-finir/index.html").read_text("utf-8")
    scheduled = (site.output / "public/actualites/animations/index.html").read_text("utf-8")
    on_line = [p for p in fresh(site) if "a-finir" in p or "actualites/animations" in p]
    assert (True, True, []) == ("Brouillon" in page, "Programmé pour le 01/12/2026" in scheduled, on_line)


@pytest.mark.parametrize("path", [FLUENCE, "actualites/2026-11-18-affiche/index.md"])
def test_an_entry_that_a_save_broke_keeps_its_last_good_page(site: Site, path: str):
    """With its pictures, even when nothing of it can be read any more."""
    order = site.order(settings=SETTINGS, is_preview=True)
    good = build(order, pool=site.pool).known
    assert good is not None
    before = digests(site.output)
    site.write(path, "---\ntitre: [\n---\n")
    report = build(order, pool=site.pool, fallback=good.cleared)
    refused = [f.place.file for f in report.findings if f.severity is Severity.REFUSE]
    assert ([path], before) == (refused, digests(site.output))


def test_an_output_changed_by_hand_is_printed_again(site: Site):
    """Other bytes of the same length do not pass for what was printed."""
    print_plain(site)
    page = site.output / "public" / "index.html"
    before = page.read_bytes()
    page.write_bytes(before.swapcase())
    print_plain(site)
    assert before == page.read_bytes()


def test_a_forged_manifest_removes_nothing_elsewhere(site: Site):
    """Paths that leave the output are not believed, and an edition that never was has no folder to remove."""
    print_plain(site)
    state = state_folder(site.output)
    victim, kept = site.output.parent / "victime.txt", site.output / "garde" / "note.txt"
    kept.parent.mkdir()
    for file in (victim, kept):
        file.write_text("à garder", "utf-8")
    manifest = state / "public.manifeste.json"
    stored = json.loads(manifest.read_text("utf-8"))
    stored["files"]["../../victime.txt"] = next(iter(stored["files"].values()))
    manifest.write_text(json.dumps(stored), "utf-8")
    (state / "garde.manifeste.json").write_text("{}", "utf-8")
    print_plain(site)
    assert [True, True] == [victim.exists(), kept.exists()]


def test_an_output_on_another_file_system_is_printed(site: Site, monkeypatch: pytest.MonkeyPatch):
    """A file cannot be renamed from one to another: it is copied beside its place first."""
    real = Path.replace

    def replace_within(self: Path, target: Path) -> Path:
        if "impression" in self.parts:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return real(self, target)

    expected = fresh(site)
    monkeypatch.setattr(Path, "replace", replace_within)
    print_plain(site, is_first=True)
    assert expected == digests(site.output)
