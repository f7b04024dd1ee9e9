"""Purges a clone's git history of what the register of withdrawals names, in every branch and tag, and proves it."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.withdrawal.clone import contents, environment, git, inside, is_bare, objects, origin, past_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.register import Register
    from gazette.withdrawal.clone import Past

MATTER = re.compile(rb"\A\xef\xbb\xbf?---\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
IDENTITY = re.compile(rb"^id:[ \t]*[\"']?(.*?)[\"']?[ \t]*\r?$", re.MULTILINE)
GONE = "[retiré]"
"""What stands in the messages of commits for the name of a purged file."""


@dataclass(frozen=True, slots=True)
class Purge:
    """What would leave the history of a clone."""

    clone: Path
    blobs: frozenset[str]
    """Git's names of what leaves."""
    paths: tuple[str, ...]
    """Where it ever stood."""
    kept: tuple[str, ...]
    """Paths where something else stands today, which stays."""
    origin: str
    """Address that the clone came from, without credentials, or ""."""


def purge_of(clone: Path, register: Register) -> Purge:
    """Return what must leave a clone's history: withdrawn bytes, texts, and what stood in their place before them."""
    past = past_of(clone)
    marked = _marked(clone, past, register)
    paths = {path for path, blob in past.standing if blob in marked}
    folders = {str(PurePosixPath(p).parent) for p in paths if p.endswith("/index.md")}
    whole = {p for p, _ in past.standing if str(PurePosixPath(p).parent) in folders}
    paths = _followed(paths | whole, past.renames)
    gone = {b for p, b in past.standing if p in paths} - marked
    others = {(p, b) for p, b in past.today if b in gone and p not in whole}  # of another today: it stays
    kept = tuple(sorted(p for p, _ in others))
    return Purge(clone, marked | gone - {b for _, b in others}, tuple(sorted(paths)), kept, origin(clone))


def apply(purge: Purge) -> int:
    """Rewrite the clone and return how many commits it has; ``ConfigurationError`` when anything is left."""
    inside(purge.clone, "filter-repo/already_ran").unlink(missing_ok=True)  # a purge of its own, never a sequel
    with tempfile.TemporaryDirectory() as folder:
        blobs, words = Path(folder, "blobs"), Path(folder, "words")
        blobs.write_text("".join(f"{b}\n" for b in sorted(purge.blobs)), "ascii")
        names = sorted({n for p in purge.paths if "\n" not in p for n in _told_names(p)}, key=len, reverse=True)
        words.write_text("".join(f"literal:{n}==>{GONE}\n" for n in names), "utf-8")
        call = [sys.executable, "-m", "git_filter_repo", "--force", "--quiet", "--replace-message", str(words)]
        call += ["--strip-blobs-with-ids", str(blobs)]
        done = subprocess.run(
            call, cwd=purge.clone, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    left = purge.blobs & objects(purge.clone)
    if done.returncode or left:
        told = done.stderr.decode("utf-8", "replace").strip()[-300:] or f"{len(left)} objet(s) encore là"
        raise ConfigurationError(f"{purge.clone} : purge inachevée, jetez ce clone ({told})")
    return int(git(purge.clone, "rev-list", "--all", "--count"))


def lines(purge: Purge) -> Iterator[str]:
    """Yield what would leave, in French."""
    yield f"{purge.clone} : {len(purge.blobs)} version(s) de fichier quitteraient toute l'histoire, sous ces noms :"
    yield from (f"  {path}" for path in purge.paths)
    yield from (f"  gardé, c'est autre chose aujourd'hui : {path} (regardez-le)" for path in purge.kept)


def remaining(purge: Purge) -> Iterator[str]:
    """Yield what stays to do, and what no purge reaches, in French."""
    address = purge.origin or "ADRESSE"
    push = ("--mirror",) if is_bare(purge.clone) else ("--force --all", "--force --tags")
    yield "Reste à faire :"
    yield "1. Ôtez de l'article la ligne du fichier purgé (images:, sons:, fichiers:), s'il y est encore."
    yield "2. Sur la forge, levez le temps de l'envoi la protection des branches et des étiquettes, puis :"
    yield from (f"     git -C {purge.clone} push {words} {address}" for words in push)
    yield "3. Sur la forge, faites oublier ce qu'elle garde : GitLab, Paramètres > Dépôt > Nettoyage du dépôt, avec le"
    yield f"   fichier {inside(purge.clone, 'filter-repo/commit-map')} ; ailleurs, demandez-le à l'hébergeur."
    yield "   Supprimez les demandes de fusion, les artefacts, les caches qui montrent ces fichiers, les divergences."
    yield "4. Chacun efface son clone et clone à neuf : un seul « git push » d'un ancien clone ramènerait tout."
    yield "5. Les sauvegardes du dépôt et des postes gardent l'ancienne histoire : faites-les expirer."


def _marked(clone: Path, past: Past, register: Register) -> frozenset[str]:
    """Return the blobs that are certainly withdrawn: the very bytes of a file, or a text of the entry's identity."""
    digests = {d for w in register.withdrawals for d in w.digests}
    entries = {w.entry for w in register.withdrawals if w.entry}
    paths: dict[str, set[str]] = {}
    for path, blob in past.standing:
        paths.setdefault(blob, set()).add(path)
    found = set()
    for blob, data in contents(clone, sorted(paths)):
        texts = [p for p in paths[blob] if p.endswith(".md")]
        if hashlib.sha256(data).hexdigest() in digests or any(_is_of(p, data, entries) for p in texts):
            found.add(blob)
    return frozenset(found)


def _is_of(path: str, data: bytes, entries: set[str]) -> bool:
    """Tell whether a text is one of these entries: by the identity it says, or by its path below any folder."""
    matter = MATTER.match(data)
    said = IDENTITY.search(matter[1]) if matter else None
    if said:
        return said[1].decode("utf-8", "replace") in entries
    derived = path.removesuffix("/index.md").removesuffix(".md")
    return any(derived == entry or derived.endswith(f"/{entry}") for entry in entries)


def _followed(paths: set[str], renames: frozenset[tuple[str, str]]) -> set[str]:
    """Return the paths, with every former and later name of what stood there."""
    found, fresh = set(paths), set(paths)
    while fresh:
        pairs = {(a, b) for a, b in renames if a in fresh or b in fresh}
        fresh = {name for pair in pairs for name in pair} - found
        found |= fresh
    return found


def _told_names(path: str) -> tuple[str, ...]:
    """Return how a message may name a file: by its path, or by its name unless every folder has one of that name."""
    name = PurePosixPath(path).name
    return (path,) if name == "index.md" else (path, name)
