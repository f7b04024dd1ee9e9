"""Times the decoding and the printing of pictures of 12 megapixels, as a build asks for them, and a worker's memory."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from gazette.compose.pictures import printed_widths
from gazette.model.media import Image as Declared
from gazette.model.picture import Derivative
from gazette.model.sheet import Sheet
from gazette.pool import Pool
from gazette.press import media

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazette.model.media import Measure

SIZE = (4000, 3000)
SCENES = 8
"""Pictures drawn; every other one has the pixels of one of them, and bytes of its own."""
LIMIT = 300
"""Mebibytes that a worker may take, whatever the number of pictures."""


class Memo(dict[str, str]):
    """What is remembered, in memory."""

    def put(self, key: str, value: str) -> None:
        """Remember a measure."""
        self[key] = value

    def keep(self, keys: Iterable[str]) -> None:
        """Nothing is ever forgotten."""


class Watched(Pool):
    """A pool that notes the largest memory of each of its workers before it ends them."""

    peaks: ClassVar[list[float]] = []
    """Mebibytes."""

    def close(self) -> None:
        """Note, then end, every idle worker."""
        while not self.idle.empty():
            worker = self.idle.get()
            self.peaks.append(peak(worker.process.pid))
            worker.end()


def photograph(seed: int) -> bytes:
    """Return a JPEG with the grain and the shapes of a photograph: each seed has its own."""
    chance = random.Random(seed)
    coarse = Image.new("RGB", (40, 30))
    coarse.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(1200)])
    grain = Image.effect_noise(SIZE, 24).convert("RGB")
    stream = io.BytesIO()
    Image.blend(coarse.resize(SIZE, Image.Resampling.BICUBIC), grain, 0.2).save(stream, "JPEG", quality=90)
    return stream.getvalue()


def photographs(folder: Path, count: int) -> list[Declared]:
    """Write so many pictures into a folder, no two of the same bytes; return their declarations."""
    scenes = [photograph(seed) for seed in range(min(SCENES, count))]
    declared = []
    for rank in range(count):
        comment = f"image {rank:06}".encode()
        scene = scenes[rank % SCENES]
        data = scene[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + scene[2:]  # JPEG COM
        name = f"{rank}.jpg"
        (folder / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        declared.append(Declared(file=name, path=name, digest=digest, people="aucune", alt=""))
    return declared


def sheets(declared: Iterable[Declared], measures: Mapping[str, Measure]) -> list[Sheet]:
    """Return the sheets that print every width and format of the pictures that decode."""
    return [
        Sheet(f"media/{i.digest[:24]}-{width}.{form.lower()}", "image", Derivative(i.path, i.digest, width, form))
        for i in declared
        if not measures[i.digest].fault
        for width in printed_widths(measures[i.digest])
        for form in ("WEBP", "JPEG")
    ]


def peak(process: int) -> float:
    """Return the largest memory a process took, in MiB (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def measure_pictures(count: int) -> dict[str, Any]:
    """Return what so many pictures cost, then what they cost again unchanged, and what the largest worker took."""
    media.Pool = Watched  # type: ignore[misc]  # the build's own calls, its workers watched
    with tempfile.TemporaryDirectory(prefix="gazette-images-") as name:
        folder, cache, memo = Path(name), Path(name, "cache"), Memo()
        declared = photographs(folder, count)
        start = time.perf_counter()
        measures = media.measure(declared, folder, memo, cache)
        wanted = sheets(declared, measures)
        media.print_media(wanted, folder, cache, folder / "output")
        seconds, workers = time.perf_counter() - start, len(Watched.peaks)
        start = time.perf_counter()
        media.measure(declared, folder, memo, cache)
        again = time.perf_counter() - start
        media.print_media(wanted, folder, cache, folder / "output")
        printed = len(list((folder / "output" / "media").iterdir()))
    return {
        "images": count,
        "secondes": round(seconds, 1),
        "secondes_par_image": round(seconds / count, 2),
        "inchangees_secondes": round(again, 4),
        "ouvriers_de_plus": len(Watched.peaks) - workers,
        "imprimees": printed,
        "memoire_mio": round(max(Watched.peaks)),
        "limite_mio": LIMIT,
        "refusees": sum(bool(m.fault) for m in measures.values()),
    }


def main() -> int:
    """Print the figures; leave with 1 when a worker took more than it may, refused a picture, or made one twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", type=int, nargs="?", default=20)
    facts = measure_pictures(parser.parse_args().images)
    print(json.dumps(facts, ensure_ascii=False))
    return int(facts["memoire_mio"] > LIMIT or facts["refusees"] > 0 or facts["ouvriers_de_plus"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
