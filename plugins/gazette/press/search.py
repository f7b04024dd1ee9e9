"""The files of the search engine, Pagefind: an index a school year, of French prepared for it."""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any, Self

from pagefind_bin import get_executable

from gazette.errors import PressError, why
from gazette.model.search import STOP_WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from gazette.model.search import Record, SearchIndex

ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.fr.pagefind")
"""What the first index brings; Pagefind's own pages of search, which we do not use, are left out."""
ENTRY = "pagefind-entry.json"
FRAGMENTS = "fragment/"
"""Where an entry has a file of its own."""
FACETS = "facettes.json"
"""Ours: Pagefind's own filters differ from one run to the next (decision record 11)."""
_ELISION = re.compile(r"\b((?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’'])(?=\w)", re.IGNORECASE)
_HIDDEN = "\u203f"
"""Put before a word that must not be found: a letter to the engine, no part of a word to anybody else."""
_STOP = re.compile(rf"(?<!\w)([^\W\d_]|{STOP_WORDS.replace(' ', '|')})(?!\w|[’']\w)", re.IGNORECASE)
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})
_MAGIC = b"pagefind_dcd"
"""What a fragment begins with once unzipped."""


def prepared(text: str) -> str:
    """Return a text whose words the engine can part: « l’école » is one word to it, and « œuvre » is not « oeuvre »."""
    return _STOP.sub(rf"{_HIDDEN}\1", _ELISION.sub(r"\1 ", text.translate(_LIGATURES)))


def print_index(view: SearchIndex, folder: Path) -> dict[str, tuple[str, ...]]:
    """Print an index into the folder; return the content that each of its files shows, by path in the folder."""
    files = {name: data for name, data in _indexed(view).items() if _is_wanted(name, is_first=view.is_first)}
    entry = json.loads(files[ENTRY])
    entry["include_characters"].sort()  # a set, in an order that changes from one run to the next
    files[ENTRY] = json.dumps(entry, separators=(",", ":"), ensure_ascii=False).encode()
    by_href = {record.href: record for record in view.records}
    shown = {name: by_href[_href(data)] for name, data in sorted(files.items()) if name.startswith(FRAGMENTS)}
    if len(shown) != len(view.records):
        raise PressError(f"moteur de recherche : {len(shown)} articles retenus sur {len(view.records)}")
    facets = {
        name.removeprefix(FRAGMENTS).partition(".")[0]: [record.fils, record.cycles, record.schools]
        for name, record in shown.items()
    }
    files[FACETS] = f"{json.dumps(facets, separators=(',', ':'))}\n".encode()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    everything = tuple(sorted(record.entry.path for record in view.records))
    return {name: (shown[name].entry.path,) if name in shown else _sources(name, everything) for name in sorted(files)}


def _indexed(view: SearchIndex) -> dict[str, bytes]:
    """Return the files of the engine by path; it answers that it wrote them before it has, so it is asked for them."""
    with _Engine() as engine:
        number = engine.ask("NewIndex", config={"force_language": "fr"})["index_id"]
        for record in view.records:
            engine.ask("AddRecord", index_id=number, **_told(record))
        found = engine.ask("GetFiles", index_id=number)["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in found}


def _is_wanted(name: str, *, is_first: bool) -> bool:
    is_index = name == ENTRY or name.endswith(".pf_meta") or name.startswith((FRAGMENTS, "index/"))
    return is_index or (is_first and name in ENGINE)


def _sources(name: str, everything: tuple[str, ...]) -> tuple[str, ...]:
    return () if name in ENGINE else everything


def _told(record: Record) -> dict[str, Any]:
    """Return what the engine is told of an entry; its title stands in its text, and is kept as it is to be shown."""
    fil = next(iter(record.fils), "")
    meta = {"titre": record.entry.title, "fil": fil, "jour": record.day, "public": record.audience}
    told = {name: value for name, value in meta.items() if value}
    return {
        "url": record.href,
        "content": prepared(record.text),
        "language": "fr",
        "meta": told,
        "filters": None,
        "sort": None,
    }


def _href(fragment: bytes) -> str:
    """Return the address of the entry that a fragment is of."""
    return str(json.loads(gzip.decompress(fragment).removeprefix(_MAGIC))["url"])


class _Engine:
    """Pagefind's service: it answers a line of base64 to each line of base64, and ends with its input."""

    def __enter__(self) -> Self:
        command = [str(get_executable()), "--service"]
        try:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise PressError(f"moteur de recherche impossible à lancer ({why(error)})") from error
        return self

    def ask(self, kind: str, **payload: Any) -> dict[str, Any]:  # noqa: ANN401  # Pagefind's own requests
        """Send a request and return its answer; ``PressError`` when the engine refuses it, or is no more."""
        assert self.process.stdin  # noqa: S101  # both are pipes
        assert self.process.stdout  # noqa: S101
        message = json.dumps({"message_id": 1, "payload": {"type": kind, **payload}})
        answer = b""
        try:
            self.process.stdin.write(base64.b64encode(message.encode()) + b",")
            self.process.stdin.flush()
            while not answer.endswith(b","):
                part = self.process.stdout.read1(65536)  # type: ignore[attr-defined]  # a pipe is buffered
                if not part:
                    raise PressError(f"moteur de recherche arrêté ({kind})")
                answer += part
        except OSError as error:
            raise PressError(f"moteur de recherche arrêté ({kind}, {why(error)})") from error
        found: dict[str, Any] = json.loads(base64.b64decode(answer[:-1]))["payload"]
        if found["type"] == "Error":
            raise PressError(f"moteur de recherche : {found['message']}")
        return found

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin  # noqa: S101
        assert self.process.stdout  # noqa: S101
        with contextlib.suppress(BrokenPipeError):  # an engine that died left a question unread
            self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
