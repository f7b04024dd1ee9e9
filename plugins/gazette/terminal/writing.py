"""What is told of a text that was renamed, copied or approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.moment import DAYS
from gazette.read.history import root
from gazette.state import write_whole
from gazette.terminal.call import shown
from gazette.write.approve import owners

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Fil, Newsroom, Role
    from gazette.write.duplicate import Duplicate
    from gazette.write.rename import Renamed

TOLD = 8
"""Places to reread that are told one by one."""


def tell_renamed(content: Path, done: Renamed) -> None:
    """Tell where the text is, and what followed it."""
    print(shown(content / done.path))
    if done.kept_audience:
        print(f"Ce fil est plus ouvert que l’autre : le texte reste réservé à « {done.kept_audience} » (edition:).")
    for path in done.links:
        print(f"  lien mis à jour dans {shown(content / path)}")


def tell_duplicate(content: Path, done: Duplicate) -> None:
    """Tell where the copy is, what was left out of it, and what to reread."""
    print(shown(content / done.path))
    for one in done.moved:
        kept = " (journée à date fixe)" if one.is_fixed else ""
        print(f"  {one.key} : {_day(one.before)} → {_day(one.after)}{kept}")
    for path in done.left:
        print(f"  sans {path} : son autorisation valait pour cette année-là")
    if done.dated:
        words = " · ".join(f"ligne {line} « {text} »" for line, text in done.dated[:TOLD])
        more = f" · et {len(done.dated) - TOLD} autre(s)" if len(done.dated) > TOLD else ""
        print(f"  à relire : {words}{more}")


def _day(day: dt.date) -> str:
    return f"{DAYS[day.weekday()][:3]}. {day:%d/%m/%Y}"


def tell_approved(content: Path, entry: Entry, signer: Role, fil: Fil | None) -> None:
    """Tell who approved what, as a role, and what a change will need: where merging approves, it needs no more."""
    is_pinned = fil is None or fil.approval == "empreinte"
    after = "redemandera un accord" if is_pinned else "paraîtra pourtant : dans ce fil, c’est la fusion qui approuve"
    print(f"{shown(content / entry.path)} : approuvé par {signer.label}. Toute retouche {after}.")


def write_owners(content: Path, newsroom: Newsroom) -> None:
    """Write CODEOWNERS at the root of the content's repository."""
    folder, prefix = root(content)
    path = folder / "CODEOWNERS"
    write_whole(path, owners(newsroom, prefix).encode())
    print(f"{shown(path)} : enregistrez-le dans git.")
