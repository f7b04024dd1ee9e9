"""Times the decoding and the printing of pictures of 12 megapixels, as a build asks for it, and a worker's memory."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from gazette.model.picture import WIDTHS
from gazette.pool import Pool
from gazette.press.worker import DECODER

SIZE = (4000, 3000)
LIMIT = 300
"""Mebibytes that a worker may take, whatever the number of pictures."""


def photograph(seed: int) -> Image.Image:
    """Return a picture with the grain and the shapes of a photograph: each seed has its own."""
    chance = random.Random(seed)
    coarse = Image.new("RGB", (40, 30))
    coarse.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(1200)])
    grain = Image.effect_noise(SIZE, 24).convert("RGB")
    return Image.blend(coarse.resize(SIZE, Image.Resampling.BICUBIC), grain, 0.2)


def peak(process: int) -> float:
    """Return the largest memory a process took, in MiB (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def measure_pictures(count: int) -> dict[str, Any]:
    """Return seconds for one picture in one worker, and what the largest worker took."""
    with tempfile.TemporaryDirectory(prefix="gazette-images-") as folder, Pool(DECODER) as pool:
        source = Path(folder, "image.jpg")
        seconds, faults = 0.0, 0
        for rank in range(count):
            photograph(rank).save(source, quality=90)
            to = [[w, f, str(Path(folder, f"{w}.{f}"))] for w in WIDTHS for f in ("WEBP", "JPEG")]
            start = time.perf_counter()
            for asked in ({"kind": "image", "path": str(source)}, {"kind": "image", "path": str(source), "to": to}):
                told = next(iter(pool.ask([json.dumps(asked).encode()])))
                faults += told is None or "fault" in told
            seconds += time.perf_counter() - start
        peaks = []
        while not pool.idle.empty():
            worker = pool.idle.get()
            peaks.append(peak(worker.process.pid))
            worker.end()
    return {
        "images": count,
        "secondes_par_image": round(seconds / count, 2),
        "memoire_mio": round(max(peaks)),
        "limite_mio": LIMIT,
        "refusees": faults,
    }


def main() -> int:
    """Print the figures; leave with 1 when a worker took more than it may, or refused a picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", type=int, nargs="?", default=20)
    facts = measure_pictures(parser.parse_args().images)
    print(json.dumps(facts, ensure_ascii=False))
    return int(facts["memoire_mio"] > LIMIT or facts["refusees"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
