"""Oracle O4: whatever changes, in whatever order, what is remembered prints and tells what a fresh build does."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazette import seal
from gazette.build import build
from gazette.order import Report
from gazette.pool import Pool
from gazette.seal import told_again
from gazette.state import state_folder
from tests.plain import digests, settings_with, template
from tests.samples import NOW, Site, copied_site
from tests.test_build import STEPS

MORE = """
import runpy
JINJA_GLOBALS = runpy.run_path(str(Path(__file__).with_name("mots.py")))
"""
"""Settings that take what a page says from a file beside them, as a plugin would."""


def say(folder: Path, word: str) -> None:
    """Change the code that the settings run."""
    (folder / "mots.py").write_text(f"MOT = {word!r}\n")


def lose_texts(memo: Path) -> None:
    """Damage what the memo keeps of the texts of entries, which is looked at when a page is printed of one."""
    with contextlib.closing(sqlite3.connect(memo)) as database, database:
        database.execute("UPDATE memo SET value = 'x' WHERE key LIKE 'texte:%'")


def add(site: Site, path: str, words: str = "Un mot de plus.") -> None:
    """Add words to a text, as often as one likes."""
    with (site.content / path).open("r+", encoding="utf-8") as file:
        file.seek(0, os.SEEK_END)
        file.write(f"\n\n{words}\n")


OTHERS: dict[str, Callable[[Path, Site], object]] = {
    "template": lambda folder, _: (folder / "theme/templates/404.html").write_text(template("404.html") + "<!-- x -->"),
    "style": lambda folder, _: (folder / "theme/static/style.css").write_text("p { color: red }"),
    "plugin": lambda folder, _: say(folder, "autre"),
    "manifest": lambda _, site: (state_folder(site.output) / "public.manifeste.json").unlink(missing_ok=True),
    "memo": lambda _, site: (state_folder(site.output) / "memo.sqlite").write_bytes(b"torn"),
    "texts": lambda _, site: lose_texts(state_folder(site.output) / "memo.sqlite"),
    "words of a project": lambda _, site: add(site, "projets/2026-11-05-exposition.md"),
    "words of an event": lambda _, site: add(site, "evenements/2026-11-24-cross-des-ecoles.md"),
    "words of a page": lambda _, site: add(site, "pages/la-circonscription.md"),
    "words of a tool": lambda _, site: add(site, "outils/2026-11-13-mur-de-craie.md"),
    "a heading": lambda _, site: add(site, "actualites/2026-09-15-fluence.md", "## Une partie"),
    "page": lambda _, site: (site.output / "public/index.html").unlink(missing_ok=True),
}
"""Steps beside those of the content."""
MOVES = (*STEPS, *OTHERS, "a day later", "a month earlier", "one edition", "nothing")


def carried_out(site: Site, folder: Path, now: object, **options: object) -> Report:
    """Build as the command does: told again when nothing changed."""
    order = site.order(settings=folder / "plainconf.py", now=now, **options)
    return told_again(order) or build(order, pool=site.pool)


def told(report: Report) -> object:
    """Return what a report tells beside what it took."""
    sheets = {name: count.sheets for name, count in report.counts.items()}
    return report.findings, sheets, report.left_out, report.held, report.expired, report.unseen


def moved(move: str, site: Site, folder: Path, days: int) -> int:
    """Make a move, unless an earlier one took what it changes; return the day it then is."""
    try:
        if move in STEPS:
            STEPS[move](site)
        elif move in OTHERS:
            OTHERS[move](folder, site)
        elif move == "one edition":
            carried_out(site, folder, NOW + timedelta(days=days), editions=("enseignants",))
    except (AssertionError, FileNotFoundError, sqlite3.DatabaseError):
        return days
    return days + {"a day later": 1, "a month earlier": -30}.get(move, 0)


IS_WHOLE = bool(os.environ.get("GAZETTE_COMPLET"))


@settings(max_examples=200 if IS_WHOLE else 8)
@given(moves=st.lists(st.sampled_from(MOVES), min_size=1 if IS_WHOLE else 4, max_size=6))
@example(moves=["plugin"])
@example(moves=["words of an event", "words of a page", "a heading", "words of a project", "words of a tool"])
@example(moves=["template", "a day later", "nothing"])
def test_any_sequence_prints_and_tells_what_a_fresh_build_does(
    moves: list[str], tmp_path_factory: pytest.TempPathFactory, remembered: Path, pool: Pool
):
    """Edits, renames, deletions, configuration, theme, plugins, clock, damages; the seal is tried at every step.

    Few long sequences, from what another folder's builds remember; many of any length in the full counts.
    """
    folder = tmp_path_factory.mktemp("o4")
    site = copied_site(folder, remembered, pool)
    say(folder, "premier")
    base = template("base.html").replace("</main>", "<p>{{ MOT }}</p></main>")
    settings_with(folder, {"templates/base.html": base}, MORE)
    days = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_CONTENU", str(site.content))
        patch.setattr(seal, "UNSETTLED", 10**6)
        carried_out(site, folder, NOW)
        for move in moves:
            days = moved(move, site, folder, days)
            kept = carried_out(site, folder, NOW + timedelta(days=days))
        other = replace(site, output=folder / "ailleurs")
        fresh = carried_out(other, folder, NOW + timedelta(days=days), is_fresh=True)
    assert (told(fresh), digests(other.output)) == (told(kept), digests(site.output))
