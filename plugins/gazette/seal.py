"""What a build looked at, and what it told: while nothing of it changes, another would tell the same and print nothing.

A seal compares stat signatures, as git's index does, of everything a build reads; of what it wrote, the manifests tell
the sizes and dates, and every file that they list must have them still. It is broken before a build begins, and made
when one ends well.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import sysconfig
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.model.finding import Finding, Place, Severity
from gazette.model.horizon import Horizon
from gazette.model.moment import PARIS
from gazette.model.week import Week
from gazette.order import Count, Report
from gazette.state import SCHEMA, State, state_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.model.entry import Entry
    from gazette.order import Order

SETTLED = 2_000_000_000
"""Nanoseconds after which a file's times are believed: a second change within the clock's step leaves them alike."""
UNSETTLED = 64
"""Files that are compared by their bytes, at most: of more, a build makes no seal."""
TWINS = frozenset({"LEC-33", "LEC-34"})
"""Findings on entries of which the hour decides which one is read."""
_PARTS = ("HEAD", "logs/HEAD", "packed-refs", "refs", "shallow")
"""Of a git folder: whatever tells which commits there are."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a build is about to read, as it stands."""

    signatures: Mapping[str, str]
    """By folder or file."""
    unsettled: frozenset[str]
    """Files that changed so recently that their times tell nothing."""

    def __or__(self, other: Looked) -> Looked:
        return Looked({**self.signatures, **other.signatures}, self.unsettled | other.unsettled)


def looked_at(roots: Iterable[Path | str]) -> Looked:
    """Look at folders and files as they stand now."""
    now, signatures, unsettled = time.time_ns(), {}, set()
    for root in map(str, roots):
        rows = []
        for path, found in _files(root):
            if max(found.st_mtime_ns, found.st_ctime_ns) > now - SETTLED:
                unsettled.add(path)
            rows.append(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}\0{found.st_ino}")
        signatures[root] = _digest("\n".join(sorted(rows)))
    return Looked(signatures, frozenset(unsettled))


def _files(root: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file under a folder, or the file itself, links unfollowed; nothing where there is none.

    What goes while it is looked at, as an editor's or git's own files do, is not there: the last look tells whether
    what was read changed.
    """
    folders = [root] if os.path.isdir(root) else []  # noqa: PTH112  # strings: there are tens of thousands
    if not folders:
        with contextlib.suppress(FileNotFoundError):
            yield root, os.lstat(root)
    while folders:
        with contextlib.suppress(FileNotFoundError), os.scandir(folders.pop()) as found:
            for item in found:
                if item.is_dir(follow_symlinks=False):
                    folders += [] if item.name in {".git", "__pycache__"} else [item.path]
                    continue
                with contextlib.suppress(FileNotFoundError):
                    yield item.path, item.stat(follow_symlinks=False)


def told_again(order: Order) -> Report | None:
    """Return what the last build of the same order told, when another would tell it again and print nothing."""
    start = time.perf_counter()
    if order.is_fresh or order.is_production or order.is_preview:
        return None
    try:
        check, _, text = _seal(order).read_text("utf-8").partition("\n")
        if check != _digest(text):
            return None
        known = json.loads(text)
        since, until = (datetime.fromisoformat(known[name]) for name in ("since", "until"))
        holds = known["schema"] == SCHEMA and (order.now == since or since <= order.now < until)
        if not holds or known["order"] != _asked(order) or known["bytes"] != _bytes(known["bytes"]):
            return None
        if known["read"] != looked_at(known["read"]).signatures or known["written"] != _written(order):
            return None
        if not _stands(order):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return _report(known, order.now, time.perf_counter() - start)


def forget_seal(order: Order) -> None:
    """Break the seal: from here on, what stands may be half of what is meant."""
    _seal(order).unlink(missing_ok=True)


def keep_seal(order: Order, looked: Looked, entries: Iterable[Entry], report: Report) -> None:
    """Seal a build that ended well, unless what it read changed meanwhile, or too lately to tell."""
    if report.is_closed or order.is_production or order.is_preview or len(looked.unsettled) > UNSETTLED:
        return
    try:
        unsettled = _bytes(looked.unsettled)
    except FileNotFoundError:
        return
    if looked.signatures != looked_at(looked.signatures).signatures:
        return
    told = asdict(replace(report, proofed=(), known=None, sources={}, horizon=None))
    told["horizon"] = report.horizon and (report.horizon.instant.isoformat(), report.horizon.reason)
    told["withdrawn"] = sorted(report.withdrawn)
    known = {
        "schema": SCHEMA,
        "order": _asked(order),
        "since": order.now.isoformat(),
        "until": _until(order.now, entries, report).isoformat(),
        "read": looked.signatures,
        "bytes": unsettled,
        "written": _written(order),
        "report": {name: value for name, value in told.items() if name in _TOLD},
    }
    text = json.dumps(known, ensure_ascii=False)
    write_whole(_seal(order), f"{_digest(text)}\n{text}".encode())


_TOLD = (
    *("counts", "findings", "left_out", "held", "commit", "uncommitted", "unseen", "expired", "unprinted", "horizon"),
    "withdrawn",
)
"""Fields of a report that are told again."""


def _report(known: dict[str, Any], now: datetime, seconds: float) -> Report:
    """Return the report of a build that prints nothing."""
    told = known["report"]
    counts = {name: Count(c["sheets"], 0, c["sheets"], 0) for name, c in told["counts"].items()}
    findings = tuple(
        Finding(**{**row, "severity": Severity(row["severity"]), "place": Place(**row["place"])})
        for row in told["findings"]
    )
    facts = told | {"counts": counts, "findings": findings, "unprinted": tuple(told["unprinted"])}
    facts["withdrawn"] = frozenset(told.get("withdrawn", ()))
    facts["expired"] = tuple((path, reason) for path, reason in told["expired"])
    if told["horizon"]:
        instant, reason = told["horizon"]
        facts["horizon"] = Horizon(datetime.fromisoformat(instant).astimezone(PARIS), reason)
    return Report(now=now, proofed=(), durations={"comparaison": round(seconds, 4)}, **facts)


def roots(order: Order) -> list[Path]:
    """Return what a build reads beside its theme: content, settings, code, and what git tells of the past."""
    near = order.settings.parent
    return [order.content, *sorted(near.glob("*.py")), near / "plugins", Path(__file__).parent, *_git(order.content)]


def _git(content: Path) -> list[Path]:
    """Return what tells which commits there are, of the repository that holds the content."""
    top = next((folder for folder in (content, *content.parents) if (folder / ".git").exists()), None)
    if top is None:
        return []
    folder = top / ".git"
    if folder.is_file():  # a worktree: its own folder, then the one it shares
        folder = top / folder.read_text("utf-8").removeprefix("gitdir:").strip()
    shared = folder / "commondir"
    common = folder / shared.read_text("utf-8").strip() if shared.is_file() else folder
    return [top / ".git", top / ".mailmap", *(f / part for f in {folder, common} for part in _PARTS)]


def _asked(order: Order) -> str:
    """Return a digest of the order, and of the Python, the libraries and the variables that it is carried out with."""
    environment = sorted((k, v) for k, v in os.environ.items() if k.startswith("GAZETTE_"))
    libraries = sorted(p.name for p in Path(sysconfig.get_path("purelib")).iterdir())
    asked = [
        order.content,
        order.output,
        order.settings,
        order.editions,
        order.has_search,
        sorted(order.addresses.items()),
    ]
    return _digest(repr([asked, order.token_secret, environment, sys.version, libraries]))


def _bytes(paths: Iterable[str]) -> dict[str, str]:
    """Return digests of what files hold, by path."""
    return {path: hashlib.blake2b(Path(path).read_bytes()).hexdigest() for path in sorted(paths)}


def _written(order: Order) -> dict[str, str]:
    """Return the signatures of what builds believe, and the names of the editions that stand."""
    state = state_folder(order.output)
    signatures = looked_at([*sorted(state.glob("*.manifeste.json")), state / "retraits.json"]).signatures
    return {**signatures, str(order.output): "/".join(sorted(p.name for p in order.output.iterdir()))}


def _stands(order: Order) -> bool:
    """Tell whether every file that the manifests list has its size and its date still."""
    state = State(state_folder(order.output))
    for name in state.editions():
        folder = f"{order.output}/{name}/"
        for path, printed in state.manifest(name).files.items():
            found = os.lstat(folder + path)
            if (found.st_size, found.st_mtime_ns) != (printed.size, printed.stamp):
                return False
    return True


def _until(now: datetime, entries: Iterable[Entry], report: Report) -> datetime:
    """Return the first instant after ``now`` at which a build may answer otherwise: midnight, or an hour before it."""
    entries = tuple(entries)
    is_of_the_hour = any(f.code in TWINS for f in report.findings)
    if is_of_the_hour or any(now in (e.origin.created, e.origin.modified) for e in entries):  # told by a clock ahead
        return now
    midnight = (now + timedelta(days=1)).astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = [midnight, Week.of(now.date()).closing, *(e.date.instant for e in entries if e.date)]
    return min(hour for hour in hours if hour > now)


def _seal(order: Order) -> Path:
    return state_folder(order.output) / "sceau.json"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
