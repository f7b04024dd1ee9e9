"""Times the building of a large circonscription, stage by stage, and its memory; a table, and JSON on demand.

Each case runs in a process of its own, on a corpus made by ``corpus.py`` over the demo's configuration and schools.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peers import PEERS, AbsentError, ready

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-02"
"""After the last article of the corpus."""
GATE = 0.3
"""Seconds that the gate may take on 10,000 entries that did not change."""
SETTLED = 2.5
"""Seconds after which the times of a file are believed."""


@dataclass(frozen=True)
class Spent:
    """What a process took, with those that it started."""

    seconds: float
    """On the clock."""
    processor: float
    """Seconds of processor: the figure to read on a shared machine."""
    memory: float
    """Peak of its largest process, in MiB."""


def main() -> int:
    """Make the corpus, run every case, print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--against", default="")
    parser.add_argument("--pictures", type=int, default=20)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--profile", type=Path)
    options = parser.parse_args()
    names = [name.strip() for name in options.against.split(",") if name.strip()]
    if unknown := sorted(set(names) - set(PEERS)):
        print(f"--face-a {unknown[0]} : choisissez parmi {', '.join(PEERS)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="gazette-mesures-") as folder:
        peers, absent = measure_peers(Path(folder), names, options.articles, options.runs)
        rows = measure(Path(folder), options.articles, options.runs, options.profile)
        feeds = measure_feeds(Path(folder) / "content")
    frise = measure_frise()
    newsdesk = measure_newsdesk()
    pictures, publication = measure_pictures(options.pictures), measure_publication(options.articles)
    facts = {
        "articles": options.articles,
        "jour": DAY,
        "repetitions": options.runs,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cœurs, {platform.python_version()}",
        "commit": commit(),
        "cas": [row | {"face_a": ratios(row, peers)} for row in rows],
        "pairs": peers,
        "absents": absent,
        "flux": feeds,
        "frise": frise,
        "images": pictures,
        "publication": publication,
        "collecte": newsdesk,
        "porte": gate(rows, options.articles),
    }
    print(table(facts))
    for name, reason in absent.items():
        print(f"PAS DE COMPARAISON AVEC {name} : {reason}", file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0 if all(row["code"] == 0 for row in rows) else 1


def measure_peers(
    folder: Path, names: list[str], articles: int, runs: int
) -> tuple[dict[str, dict[str, float]], dict[str, str]]:
    """Time other generators on the same texts, from nothing as each of their builds; then tell those that are not."""
    rows, absent = {}, {}
    for name in names:
        try:
            peer = ready(name, folder / name, articles)
        except AbsentError as error:
            absent[name] = str(error)
            continue
        done = [spent(peer.command, peer.folder, peer.environment, peer.output) for _ in range(runs)]
        if any(code for _, code in done):
            absent[name] = f"{name} s’arrête en construisant (voir ci-dessus)"
        else:
            rows[name] = figures([taken for taken, _ in done])
        shutil.rmtree(peer.folder)
    return rows, absent


def ratios(row: dict[str, Any], peers: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return how many times what a peer takes a case takes, on the clock and of processor."""
    names = ("secondes", "processeur")
    return {peer: {n: round(row[n] / taken[n], 3) for n in names} for peer, taken in peers.items()}


def figures(runs: list[Spent]) -> dict[str, float]:
    """Return the median of what runs took, its spread, and the peak of memory."""
    seconds = [run.seconds for run in runs]
    return {
        "secondes": round(statistics.median(seconds), 2),
        "min": round(min(seconds), 2),
        "max": round(max(seconds), 2),
        "processeur": round(statistics.median(run.processor for run in runs), 2),
        "memoire_mio": round(max(run.memory for run in runs)),
    }


def measure(folder: Path, articles: int, runs: int, profile: Path | None) -> list[dict[str, Any]]:
    """Run the cases in order: from nothing, nothing changed, a text changed, a title changed."""
    content, output = folder / "content", folder / "output"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("20*"))
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "corpus.py"), str(articles), str(content)], check=True)
    time.sleep(SETTLED)  # else the times of what was written last tell nothing, and are not believed
    edited = max((content / "actualites").glob("*.md"))
    cases = {
        "à partir de rien": (["--frais"], None),
        "rien de changé": ([], None),
        "un texte changé": ([], ("\n", "\n\nUne phrase ajoutée.\n")),
        "un titre changé": ([], ("titre: ", "titre: Nouveau ")),
    }
    rows: list[dict[str, Any]] = []
    for name, (words, change) in cases.items():
        taken, stages, code = [], [], 0
        for _ in range(runs):
            if change:
                text = edited.read_text("utf-8")
                place = text.rindex(change[0]) if change[0] == "\n" else text.index(change[0])
                edited.write_text(text[:place] + change[1] + text[place + len(change[0]) :], "utf-8")
            target = profile / f"{name.replace(' ', '-')}.pstats" if profile else None
            one, report, code = run(folder, content, output, words, target)
            taken.append(one)
            stages.append(report.get("durees", {}))
            if code:
                break
        medians = {s: round(statistics.median(d.get(s, 0) for d in stages), 3) for s in stages[0]}
        printed = sum(e["imprimees"] for e in report.get("editions", {}).values())
        rows.append({"cas": name, "code": code, **figures(taken), "imprimees": printed, "etapes": medians})
    return rows


def measure_feeds(content: Path) -> dict[str, Any]:
    """Time the feeds of every edition alone, in a process of their own."""
    command = [sys.executable, "-P", "-X", "utf8", str(ROOT / "benchmarks" / "feeds.py"), str(content), DAY]
    environment = os.environ | {"GAZETTE_CONTENU": str(content)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure_frise() -> dict[str, Any]:
    """Time the frise of 5,000 events alone, and its overview in Chromium, in a process of their own."""
    command = [sys.executable, "-P", "-X", "utf8", str(ROOT / "benchmarks" / "frise.py"), "5000"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "plugins"), str(ROOT)))}  # with tests/
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure_newsdesk() -> dict[str, Any]:
    """Time a collection of 60 repositories and 200 feeds on loopback, and a plain loop, in a process of their own."""
    command = [sys.executable, "-P", "-X", "utf8", str(ROOT / "benchmarks" / "newsdesk.py")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "plugins"), str(ROOT)))}  # with tests/
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure_pictures(count: int) -> dict[str, Any]:
    """Time pictures of 12 megapixels and a worker's memory, in a process of their own."""
    command = [sys.executable, "-P", "-X", "utf8", str(ROOT / "benchmarks" / "pictures.py"), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure_publication(count: int) -> dict[str, Any]:
    """Time the plan of a publication that changes one page of so many, in a process of its own."""
    command = [sys.executable, "-P", "-X", "utf8", str(ROOT / "benchmarks" / "publication.py"), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def gate(rows: list[dict[str, Any]], articles: int) -> dict[str, Any]:
    """Return what the gate costs when nothing changed, and what it may for so many entries."""
    unchanged = next(row for row in rows if row["cas"] == "rien de changé")
    return {"secondes": unchanged["etapes"].get("controle", 0.0), "limite": round(GATE * articles / 10_000, 3)}


def run(
    folder: Path, content: Path, output: Path, words: list[str], profile: Path | None
) -> tuple[Spent, dict[str, Any], int]:
    """Build once in a new process; return what it took, its report and its exit code."""
    report = folder / "rapport.json"
    places = ["--contenu", str(content), "--sortie", str(output), "--jour", DAY, "--rapport", str(report)]
    watched = ["-m", "cProfile", "-o", str(profile)] if profile else []
    command = [sys.executable, "-P", "-X", "utf8", *watched, "-m", "gazette.cli", "construire", *places]
    taken, code = spent([*command, "--sans-recherche", *words], ROOT, dict(os.environ))
    return taken, json.loads(report.read_text("utf-8")), code


def spent(
    command: list[str], folder: Path, environment: dict[str, str], empty: Path | None = None
) -> tuple[Spent, int]:
    """Run a command, after a folder was emptied for it; return what it took, and its exit code."""
    if empty:
        shutil.rmtree(empty, ignore_errors=True)
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return Spent(elapsed, usage.ru_utime + usage.ru_stime, peak), os.waitstatus_to_exitcode(status)


def commit() -> str:
    """Return the commit measured, or ""."""
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def table(facts: dict[str, Any]) -> str:
    """Return the figures as a Markdown table; a ratio is of processor, then on the clock."""
    beside = "".join(f"× {name} | " for name in facts["pairs"])
    lines = [
        f"{facts['articles']} articles, médianes de {facts['repetitions']} ; {facts['machine']} ; {facts['commit']}",
        "",
        f"| cas | secondes (min–max) | processeur, s | {beside}mémoire, Mio | fichiers imprimés | étapes, secondes |",
        f"|---|---|---|{'---|' * len(facts['pairs'])}---|---|---|",
    ]
    for name, row in facts["pairs"].items():
        spread = f"{row['secondes']:g} ({row['min']:g}–{row['max']:g})"
        blank = " |" * len(facts["pairs"])
        lines.append(f"| {name}, à chaque fois | {spread} | {row['processeur']:g} |{blank} {row['memoire_mio']} | | |")
    for row in facts["cas"]:
        stages = ", ".join(f"{name} {seconds:g}" for name, seconds in row["etapes"].items())
        spread = f"{row['secondes']:g} ({row['min']:g}–{row['max']:g})"
        told = "".join(f" {r['processeur']:g} ({r['secondes']:g}) |" for r in row["face_a"].values())
        figures = f"{spread} | {row['processeur']:g} |{told} {row['memoire_mio']} | {row['imprimees']} | {stages}"
        lines.append(f"| {row['cas']} | {figures} |")
    told = ", ".join(f"{name} {value:g}" for name, value in facts["flux"].items())
    lines += ["", f"Les flux seuls, de toutes les éditions (secondes) : {told}."]
    told = ", ".join(f"{name} {value:g}" for name, value in facts["frise"].items())
    lines += ["", f"La frise seule (zoom et filtre : 50 ms au plus, dans Chromium) : {told}."]
    told = ", ".join(f"{name} {value:g}" for name, value in facts["publication"].items())
    lines += ["", f"Publier une page changée sur {facts['articles']} (secondes, plan au plus « limite ») : {told}."]
    told = ", ".join(f"{name} {value:g}" for name, value in facts["images"].items())
    lines += ["", f"Les images de 12 mégapixels seules : {told}."]
    limits = ", ".join(f"{name} {value:g}" for name, value in facts["collecte"]["limites"].items())
    told = ", ".join(f"{name} {value:g}" for name, value in facts["collecte"].items() if name != "limites")
    lines += ["", f"La collecte, à côté d’une boucle qui ne fait que télécharger (au plus : {limits}) : {told}."]
    cost, limit = facts["porte"].values()
    lines += ["", f"La porte, rien de changé : {cost:g} s, pour {limit:g} s au plus."]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
