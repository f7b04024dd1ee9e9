"""The hook of a content's repository: before each commit, staged pictures and sounds lose what they tell of people."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gazette.errors import ConfigurationError
from gazette.pool import Pool
from gazette.press.metadata import is_picture, without_metadata
from gazette.press.unreadable import UnreadableError
from gazette.press.worker import DECODER, EXHAUSTED

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
SOUNDS = frozenset({".mp3", ".m4a", ".ogg"})
LEFT = frozenset(".heic .heif .avif .gif .tif .tiff .bmp .svg .wav .flac .aac .opus .mov .mp4".split())
"""Media whose metadata stays in the repository: their author is told."""
MARK = "# Posé par « gazette crochet » : ôte les métadonnées des images et des sons avant chaque enregistrement."
FAILED = (
    "{ echo 'Gazette · métadonnées non ôtées, rien n’est enregistré : refaites ./gazette crochet ; "
    "sans image ni son, git commit --no-verify passe outre' >&2; exit 1; }"
)
"""What the hook does when cleaning fails, and a picture would tell for ever where it was taken."""
KEPT = "il garde ses métadonnées dans le dépôt"


@dataclass(frozen=True, slots=True)
class Staged:
    """One file as it will be committed."""

    path: str
    """Relative to the root of the repository."""
    mode: str
    blob: str


def install(content: Path, command: Path, *, is_checked: bool = False) -> Path:
    """Write the hook and return its path; ``ConfigurationError`` outside a repository, or over someone else's hook.

    A commit that it could not clean is stopped, and told why; so are, when texts are to be checked too, those that the
    gate would refuse.
    """
    hooks = Path(_git(content, "rev-parse", "--git-path", "hooks").decode().strip())
    path = (content / hooks) / "pre-commit"
    call = shlex.join([str(command), "crochet", "--nettoyer", "--contenu", str(content.resolve())])
    check = f"exec {call.replace('--nettoyer', '--verifier')}\n" if is_checked else ""
    if path.exists() and MARK not in path.read_text("utf-8", "replace"):
        raise ConfigurationError(f"{path} : un autre crochet est là ; ajoutez-y la ligne : {call} || exit 1")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{MARK}\n{call} || {FAILED}\n{check}", "utf-8")
    path.chmod(0o755)
    return path


def clean(content: Path) -> list[str]:
    """Stage again, without metadata, what is staged under the content folder; return what was done, in French."""
    root = Path(_git(content, "rev-parse", "--show-toplevel").decode().strip())
    with Pool(DECODER, size=1) as pool:
        return [told for staged in _staged(root, content) if (told := _cleaned(root, staged, pool))]


def staged_paths(content: Path) -> frozenset[str]:
    """Return the files that the next commit adds or changes under the content folder, by their path in it."""
    where = ("--relative", "--", ".")
    told = _git(content, "diff", "--cached", "--name-only", "--diff-filter=ACMR", "-z", *where)
    return frozenset(told.decode().split("\0")) - {""}


def _staged(root: Path, content: Path) -> list[Staged]:
    """Return the media added or changed since the last commit; links are no files."""
    where = ("--", str(content.resolve()))
    changed = _git(root, "diff", "--cached", "--name-only", "--diff-filter=ACMR", "-z", *where).decode().split("\0")
    found = []
    for row in _git(root, "ls-files", "--stage", "-z", *where).decode().split("\0"):
        facts, _, path = row.partition("\t")
        if path in changed and Path(path).suffix.lower() in PICTURES | SOUNDS | LEFT and facts.startswith("100"):
            mode, blob, _ = facts.split(" ")
            found.append(Staged(path, mode, blob))
    return found


def _cleaned(root: Path, staged: Staged, pool: Pool) -> str:
    """Stage one file again, and write it where its author did not change it since; return what was done, or ""."""
    suffix = Path(staged.path).suffix.lower()
    if suffix in LEFT:
        return f"{staged.path} : laissé tel quel, {KEPT}"
    before = _git(root, "cat-file", "blob", staged.blob)
    try:
        after = without_metadata(before) if is_picture(before) else _sound(before, suffix, pool)
    except UnreadableError as error:
        return f"{staged.path} : laissé tel quel ({error}), {KEPT}"
    if after == before:
        return ""
    blob = _git(root, "hash-object", "-w", "--stdin", data=after).decode().strip()
    _git(root, "update-index", "--cacheinfo", f"{staged.mode},{blob},{staged.path}")
    full = root / staged.path
    if full.is_file() and full.read_bytes() == before:
        temporary = full.with_name(f".{full.name}.{os.getpid()}.tmp")
        temporary.write_bytes(after)
        temporary.replace(full)
    return f"{staged.path} : métadonnées ôtées ({len(before) - len(after)} octets), le reste est intact"


def _sound(data: bytes, suffix: str, pool: Pool) -> bytes:
    """Return a sound without tags, its recording copied; one that would be encoded again is left to its author."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, f"in{suffix}"), Path(folder, "out")
        source.write_bytes(data)
        asked = json.dumps({"kind": "sound", "path": str(source), "to": str(target)}).encode()
        told = next(pool.ask([asked])) or {"fault": EXHAUSTED}
        if told.get("fault"):
            raise UnreadableError(told["fault"])
        if f".{told['format']}" != suffix:
            raise UnreadableError("son d'une autre forme que ne dit son nom")
        return target.read_bytes()[32:]  # after its digest


def _git(folder: Path, *words: str, data: bytes | None = None) -> bytes:
    """Return what git answers; ``ConfigurationError`` when it refuses."""
    done = subprocess.run(["git", "-C", str(folder), *words], input=data, capture_output=True, check=False)
    if done.returncode:
        raise ConfigurationError(f"{folder} : git refuse ({done.stderr.decode('utf-8', 'replace').strip()[:200]})")
    return done.stdout
