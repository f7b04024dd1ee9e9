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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-02"
"""After the last article of the corpus."""


def main() -> int:
    """Make the corpus, run every case, print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--against", default="")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.against:
        print(f"Pas encore de comparaison avec {options.against} : seules les mesures de Gazette sont faites.")
    with tempfile.TemporaryDirectory(prefix="gazette-mesures-") as folder:
        rows = measure(Path(folder), options.articles, options.runs)
        feeds = measure_feeds(Path(folder) / "content")
    frise = measure_frise()
    facts = {
        "articles": options.articles,
        "jour": DAY,
        "repetitions": options.runs,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cœurs, {platform.python_version()}",
        "commit": commit(),
        "cas": rows,
        "flux": feeds,
        "frise": frise,
    }
    print(table(facts))
    if options.json:
        options.json.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0 if all(row["code"] == 0 for row in rows) else 1


def measure(folder: Path, articles: int, runs: int) -> list[dict[str, Any]]:
    """Run the cases in order: from nothing, nothing changed, a text changed, a title changed."""
    content, output = folder / "content", folder / "output"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("20*"))
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "corpus.py"), str(articles), str(content)], check=True)
    edited = max((content / "actualites").glob("*.md"))
    cases = {
        "à partir de rien": (["--frais"], None),
        "rien de changé": ([], None),
        "un texte changé": ([], ("\n", "\n\nUne phrase ajoutée.\n")),
        "un titre changé": ([], ("titre: ", "titre: Nouveau ")),
    }
    rows: list[dict[str, Any]] = []
    for name, (words, change) in cases.items():
        seconds, memory, stages, code = [], [], [], 0
        for _ in range(runs):
            if change:
                text = edited.read_text("utf-8")
                place = text.rindex(change[0]) if change[0] == "\n" else text.index(change[0])
                edited.write_text(text[:place] + change[1] + text[place + len(change[0]) :], "utf-8")
            elapsed, peak, report, code = run(folder, content, output, words)
            seconds.append(elapsed)
            memory.append(peak)
            stages.append(report.get("durees", {}))
            if code:
                break
        medians = {s: round(statistics.median(d.get(s, 0) for d in stages), 3) for s in stages[0]}
        rows.append(
            {
                "cas": name,
                "code": code,
                "secondes": round(statistics.median(seconds), 2),
                "min": round(min(seconds), 2),
                "max": round(max(seconds), 2),
                "memoire_mio": round(max(memory)),
                "imprimees": sum(e["imprimees"] for e in report.get("editions", {}).values()),
                "etapes": medians,
            }
        )
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


def run(folder: Path, content: Path, output: Path, words: list[str]) -> tuple[float, float, dict[str, Any], int]:
    """Build once in a new process; return seconds, the peak of its memory in MiB, its report and its exit code."""
    report = folder / "rapport.json"
    command = [
        *(sys.executable, "-P", "-X", "utf8", "-m", "gazette.cli", "construire"),
        *(
            "--contenu",
            str(content),
            "--sortie",
            str(output),
            "--jour",
            DAY,
            "--rapport",
            str(report),
            "--sans-recherche",
        ),
        *words,
    ]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return elapsed, peak, json.loads(report.read_text("utf-8")), os.waitstatus_to_exitcode(status)


def commit() -> str:
    """Return the commit measured, or ""."""
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def table(facts: dict[str, Any]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        f"{facts['articles']} articles, médianes de {facts['repetitions']} ; {facts['machine']} ; {facts['commit']}",
        "",
        "| cas | secondes (min–max) | mémoire, Mio | fichiers imprimés | étapes, secondes |",
        "|---|---|---|---|---|",
    ]
    for row in facts["cas"]:
        stages = ", ".join(f"{name} {seconds:g}" for name, seconds in row["etapes"].items())
        spread = f"{row['secondes']:g} ({row['min']:g}–{row['max']:g})"
        lines.append(f"| {row['cas']} | {spread} | {row['memoire_mio']} | {row['imprimees']} | {stages} |")
    told = ", ".join(f"{name} {value:g}" for name, value in facts["flux"].items())
    lines += ["", f"Les flux seuls, de toutes les éditions (secondes) : {told}."]
    told = ", ".join(f"{name} {value:g}" for name, value in facts["frise"].items())
    lines += ["", f"La frise seule (zoom et filtre : 50 ms au plus, dans Chromium) : {told}."]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
