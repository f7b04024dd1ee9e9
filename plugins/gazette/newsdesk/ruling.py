"""An answer made fact: prepared whole aside, then carried out by steps that may each be done twice.

A death before the preparation is whole changes nothing; after it, the next run finishes what it tells.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from gazette.model.decision import ACCEPTED, REGISTER, Decision
from gazette.model.depeche import WAITING
from gazette.newsdesk.commit import commit
from gazette.newsdesk.queue import digest_of
from gazette.newsdesk.register import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

IN_PROGRESS = f"{WAITING}/.en-cours"
LATER = "la décision est prise, elle sera enregistrée dans git à la prochaine modération"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision and what carries it out."""

    decision: Decision
    path: str
    """Of the file that waits."""
    judged: str
    """SHA-256 of that file: another that came since waits on."""
    target: str = ""
    """Where it will stand, without ``.md``; "" when it is refused."""
    text: str = ""
    """As it is accepted."""
    pictures: Mapping[str, Path] = field(default_factory=dict)
    """By name beside the text, where each stands in the quarantine."""
    quarantined: tuple[Path, ...] = ()
    """Pictures of the quarantine that nobody waits for any more."""


def prepare(content: Path, *rulings: Ruling) -> None:
    """Write aside all that is needed to carry rulings out, of which one at most accepts.

    On a full disk nothing is left of it.
    """
    folder = content / IN_PROGRESS
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for ruling in rulings:
            if ruling.target:
                new = folder / "nouveau"
                new.mkdir(parents=True)
                _write(new / "index.md", ruling.text.encode())
                for name, source in ruling.pictures.items():
                    _write(new / name, source.read_bytes())
        folder.mkdir(parents=True, exist_ok=True)
        told = [_as_json(ruling) for ruling in rulings]
        _write(folder / "decision.json", json.dumps(told, ensure_ascii=False).encode())
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def pending(content: Path) -> tuple[Ruling, ...]:
    """Return the rulings that a run left unfinished; what was not whole is thrown away."""
    folder = content / IN_PROGRESS
    try:
        told = json.loads((folder / "decision.json").read_text("utf-8"))
    except FileNotFoundError:
        shutil.rmtree(folder, ignore_errors=True)
        return ()
    return tuple(_ruling(content, one) for one in told)


def carry_out(content: Path, *rulings: Ruling) -> bool:
    """Do what is prepared, each step unless it is done; tell whether git has it in a commit."""
    record(content, [ruling.decision for ruling in rulings])
    for ruling in rulings:
        if ruling.target:
            _stand(content, ruling.target, has_pictures=bool(ruling.decision.pictures))
        waits = content / ruling.path
        if waits.is_file() and digest_of(waits) == ruling.judged:
            _aside(content, waits.parent if waits.name == "index.md" else waits, "juge")
            _remove_empty(content, waits.parent)
    targets = [path for r in rulings if r.target for path in (f"{r.target}.md", r.target)]
    subject, trailers = _told([ruling.decision for ruling in rulings])
    is_committed = commit(content, (REGISTER, *targets, *(r.path for r in rulings)), subject, trailers, told=LATER)
    for picture in (picture for ruling in rulings for picture in ruling.quarantined):
        picture.unlink(missing_ok=True)
    shutil.rmtree(content / IN_PROGRESS, ignore_errors=True)
    return is_committed


def _told(decisions: list[Decision]) -> tuple[str, dict[str, str]]:
    """Return what git is told of decisions: a subject and trailers; many are the refusal of a school's all."""
    first, count = decisions[0], len(decisions)
    verb = "Accepte" if first.answer == ACCEPTED else "Refuse"
    who = {"Gazette-Role": first.role, "Gazette-Motif": first.reason}
    if count > 1:
        school = first.depeche.partition("/")[0]
        facts = {"Gazette-Decision": first.answer, "Gazette-Ecole": school, "Gazette-Nombre": str(count)}
        return f"{verb} {count} dépêches de {school}", facts | who
    facts = {"Gazette-Decision": first.answer, "Gazette-Depeche": first.depeche, "Gazette-Empreinte": first.digest}
    return f"{verb} {first.depeche}", facts | who


def _stand(content: Path, target: str, *, has_pictures: bool) -> None:
    """Put the accepted text in its place: a file, or a folder when pictures go with it; the other form goes."""
    new, folder, file = content / IN_PROGRESS / "nouveau", content / target, content / f"{target}.md"
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not has_pictures:
        if (new / "index.md").exists():
            (new / "index.md").replace(file)
        shutil.rmtree(folder, ignore_errors=True)
        return
    if new.is_dir():
        _aside(content, folder, "avant")
        new.replace(folder)
    file.unlink(missing_ok=True)


def _aside(content: Path, path: Path, name: str) -> None:
    """Move a file or a folder at once to where the end of the ruling removes it."""
    if path.exists():
        shutil.rmtree(content / IN_PROGRESS / name, ignore_errors=True)
        path.replace(content / IN_PROGRESS / name)


def _remove_empty(content: Path, folder: Path) -> None:
    """Remove the school's folder when nothing of it waits any more."""
    school = folder if folder.is_dir() else folder.parent
    if school.parent == content / WAITING and not any(school.iterdir()):
        school.rmdir()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _as_json(ruling: Ruling) -> dict[str, object]:
    decision = asdict(ruling.decision) | {"day": ruling.decision.day.isoformat()}
    facts = {"path": ruling.path, "judged": ruling.judged, "target": ruling.target}
    return facts | {"decision": decision, "quarantined": [str(p) for p in ruling.quarantined]}


def _ruling(content: Path, told: dict[str, Any]) -> Ruling:
    decision = Decision(**told["decision"] | {"day": dt.date.fromisoformat(told["decision"]["day"])})
    pictures = tuple(type(content)(path) for path in told["quarantined"])
    return Ruling(decision, told["path"], told["judged"], told["target"], quarantined=pictures)
