"""Decodes one medium within limits: a process of its own, since foreign libraries read foreign bytes here.

A request is JSON: ``{"kind": "image" | "sound" | "document" | "veil", "path": …}``, with ``"to"`` where a file is
wanted.
The answer is what decoding told, or ``{"fault": …}``, a French reason. A written file is one this process alone knows:
its caller puts it in place.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from gazette.pool import serve
from gazette.press.unreadable import UnreadableError

DECODER = "gazette.press.worker"
"""This module, as a pool starts it."""
CPU_LIMIT = 20
"""Seconds a medium (SAFETY P93)."""
MEMORY_LIMIT = 512 * 1024 * 1024
"""Bytes above what an idle worker takes."""
EXHAUSTED = "trop lourd à décoder (plus de 20 s ou de 512 Mo)"


def answer(request: bytes) -> dict[str, Any]:
    """Return what decoding the medium told, or why it cannot be printed."""
    asked = json.loads(request)
    try:
        return {"image": _image, "veil": _veil}.get(asked["kind"], _copy)(asked)
    except UnreadableError as error:
        return {"fault": str(error), "remedy": error.remedy}
    except MemoryError:
        return {"fault": EXHAUSTED}


def _image(asked: dict[str, Any]) -> dict[str, Any]:
    from gazette.press.images import encode, measured  # noqa: PLC0415  # a worker that reads sounds needs no Pillow

    path = Path(asked["path"])
    if "to" not in asked:
        width, height, likeness, turned = measured(path)
        return {"width": width, "height": height, "likeness": likeness, "likenesses": turned}
    wanted = [(width, form) for width, form, _ in asked["to"]]
    for data, (_, _, target) in zip(encode(path, wanted), asked["to"], strict=True):
        Path(target).write_bytes(hashlib.sha256(data).digest() + data)
    return {}


def _veil(asked: dict[str, Any]) -> dict[str, Any]:
    """Write a picture in which faces are covered, or numbered, for who blurs it."""
    from gazette.model.media import Face  # noqa: PLC0415
    from gazette.press.veil import print_veiled  # noqa: PLC0415

    faces = [Face(*box) for box in asked["faces"]]
    print_veiled(Path(asked["path"]), Path(asked["to"]), asked["form"], faces, asked["cells"])
    return {}


def _copy(asked: dict[str, Any]) -> dict[str, Any]:
    """Print a sound or a document after its own digest."""
    if asked["kind"] == "sound":
        from gazette.press.sounds import print_sound as printed  # noqa: PLC0415  # nor one that reads pictures FFmpeg
    else:
        from gazette.press.documents import print_document as printed  # noqa: PLC0415
    target = Path(asked["to"])
    told = printed(Path(asked["path"]), target)
    data = target.read_bytes()
    target.write_bytes(hashlib.sha256(data).digest() + data)
    return {**told, "size": len(data)}


if __name__ == "__main__":
    serve(answer, seconds=CPU_LIMIT, memory=MEMORY_LIMIT)
