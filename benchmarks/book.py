"""Measures a shared book of N contributions, ten pictures and a sound each: ``book.py [N]`` prints JSON.

Drawings are drawn and sounds synthesised as those of the demo (``demo_books.py``), no two alike. One build of the demo
with this book from nothing, then one with a page of the book changed, each in a process of its own.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from demo_books import BLUE, BROWN, GREEN, INK, LEAF, PAPER, RED, YELLOW, strokes, write_sound
from measure import ROOT, SETTLED, run
from PIL import Image, ImageDraw

NAME = "le-grand-livre"
PICTURES = 10
"""Of each contribution."""
SIZE = (640, 480)
"""Pixels of each: what larger ones cost is told by ``pictures.py``."""
SECONDS = 20
"""Of each sound."""
HEAD = """---
titre: Le grand livre de toutes les écoles
date: 2026-10-05
statut: publie
auteur: cpc
resume: Une page de chaque classe, dix dessins et un son.
theme: Dessiner, écouter
ouverture: 2026-10-05
cloture: 2027-06-18
---

Dix dessins, un son, trois phrases.
"""
GRANT = "AUT-2026-060"


def drawn(path: Path, chance: random.Random) -> None:
    """Draw a garden that no other page has."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    wide, high = SIZE
    for _ in range(24):
        x, y = chance.uniform(0.05, 0.95) * wide, chance.uniform(0.1, 0.7) * high
        draw.line([(x + chance.uniform(-20, 20), high), (x, y)], GREEN, 4)
        for _ in range(5):
            left, top = x + chance.uniform(-30, 10), y + chance.uniform(-30, 10)
            draw.ellipse([left, top, left + 22, top + 16], chance.choice((YELLOW, RED, BLUE, LEAF, BROWN)), INK, 2)
    image.save(path)


def page(rank: int, school: str) -> str:
    """Return the text of a contribution: what it declares of its media, and three paragraphs."""
    images = "".join(
        f'  - fichier: dessin-{n}.png\n    alt: "Dessin {n} de la classe {rank} : des fleurs au-dessus de l’herbe."\n'
        f"    personnes: aucune\n    oeuvre_eleve: oui\n    autorisation: {GRANT}\n"
        for n in range(PICTURES)
    )
    shown = "\n\n".join(f"Le dessin {n} montre le coin {n} du jardin.\n\n![Coin {n}](dessin-{n}.png)" for n in range(5))
    return (
        f"---\ntitre: Le jardin de la classe {rank}\ndate: 2026-11-02\nstatut: publie\necole: {school}\nclasse: CM2\n"
        f"resume: Dix dessins du jardin et sa cloche, classe {rank}.\nautorisation: {GRANT}\nimages:\n{images}"
        f"sons:\n  - fichier: cloche.mp3\n    legende: La cloche du jardin {rank}\n    personnes: aucune\n"
        f"    transcription: On n’entend aucune voix, seulement une cloche.\n---\n\nNous avons compté.\n\n{shown}\n"
    )


def write(content: Path, count: int) -> Path:
    """Write the book and its authorisation into a circonscription; return its first page."""
    schools = sorted(file.stem for file in (content / "ecoles").glob("*.md"))
    book = content / "cahiers" / NAME
    chance, bell = random.Random(1), strokes(SECONDS, 0.2, 1.1, 2.0, 2.9)
    for rank in range(count):
        school = schools[rank % len(schools)]
        folder = book / "contributions" / f"{school}-cm2-{rank:02}"
        folder.mkdir(parents=True)
        for n in range(PICTURES):
            drawn(folder / f"dessin-{n}.png", chance)
        write_sound(folder / "cloche.mp3", bell[rank * 2_000 :] + bell[: rank * 2_000])
        (folder / "index.md").write_text(page(rank, school), "utf-8")
    (book / "index.md").write_text(HEAD, "utf-8")
    grants = content / "registres" / "autorisations"
    known = (grants / "AUT-2026-002.yml").read_text("utf-8")
    lines = [f"projet: {NAME}" if line.startswith("projet:") else line for line in known.splitlines()]
    (grants / f"{GRANT}.yml").write_text("\n".join(lines) + "\n", "utf-8")
    return min(book.glob("contributions/*/index.md"))


def main(count: int) -> None:
    """Write the book, build twice, tell what was printed."""
    with tempfile.TemporaryDirectory(prefix="gazette-livre-") as name:
        folder = Path(name)
        content, output = folder / "content", folder / "output"
        shutil.copytree(ROOT / "content", content)
        first = write(content, count)
        time.sleep(SETTLED)
        rows = {}
        for case in ("à partir de rien", "une page changée"):
            before = {p: p.stat().st_mtime_ns for p in output.rglob("*") if p.is_file()}
            taken, report, code = run(folder, content, output, [], None)
            printed = [p for p in output.rglob("*") if p.is_file() and before.get(p) != p.stat().st_mtime_ns]
            rows[case] = {
                "code": code,
                "secondes": round(taken.seconds, 1),
                "processeur": round(taken.processor, 1),
                "memoire_mio": round(taken.memory),
                "imprimees": len(printed),
                "etapes": report.get("durees", {}),
            }
            if before:
                rows[case]["fichiers"] = sorted(p.relative_to(output).as_posix() for p in printed)
            first.write_text(first.read_text("utf-8") + "\nUne phrase ajoutée.\n", "utf-8")
        packages = {p.suffix: p.stat().st_size for p in output.glob(f"public/cahiers/{NAME}.*")}
    sys.stdout.write(json.dumps({"contributions": count, "paquets": packages, **rows}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
