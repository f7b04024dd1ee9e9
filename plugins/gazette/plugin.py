"""Pelican's way in: ``PLUGINS = [gazette.plugin]`` makes ``pelican content`` print the most open edition."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.model.moment import PARIS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican import Pelican

_HERE = Path(__file__).resolve()
THEME = str(next(p for p in (_HERE.with_name("theme"), _HERE.parents[2] / "themes" / "gazette") if p.is_dir()))
"""Gazette's own theme: in the installed package, or in this repository."""


def register() -> None:
    """Connect our generator and, when Pelican was started from outside, our pipeline."""
    from pelican import signals  # noqa: PLC0415  # settings name this module without needing Pelican

    from gazette.press.html import sheet_generator  # noqa: PLC0415

    signals.initialized.connect(compose_if_outside)
    signals.get_generators.connect(sheet_generator)
    signals.all_generators_finalized.connect(print_files_if_outside)
    signals.finalized.connect(remove_strays_if_outside)


def compose_if_outside(pelican: Pelican) -> None:
    """Give Pelican the public edition's sheets, unless a build started it and gave it its own (``initialized``)."""
    settings = pelican.settings
    if "GAZETTE_SHEETS" in settings:
        return
    from gazette.build import public_edition  # noqa: PLC0415  # only here does Pelican start a build
    from gazette.order import Order  # noqa: PLC0415
    from gazette.press.html import SETTINGS  # noqa: PLC0415
    from gazette.press.stage import MARK_OF_OURS  # noqa: PLC0415
    from gazette.press.theme import theme  # noqa: PLC0415

    output, content = Path(settings["OUTPUT_PATH"]), Path(settings["PATH"])
    os.environ["GAZETTE_CONTENU"] = str(content)
    now = datetime.now(PARIS).replace(second=0, microsecond=0)
    order = Order(content=content, output=output_root(output), settings=settings_file(content), now=now)
    edition, folder = public_edition(order)
    settings.update(SETTINGS)
    settings.update(
        GAZETTE_EDITION=edition,
        GAZETTE_SHEETS=edition.sheets,
        GAZETTE_THEME=theme(folder),
        GAZETTE_OUTSIDE=(content, output, (output / MARK_OF_OURS).is_file()),
    )


def print_files_if_outside(generators: Sequence[Any]) -> None:
    """Print what are no pages, before the pages that tell their weight (``all_generators_finalized``)."""
    settings = generators[0].settings
    outside = settings.get("GAZETTE_OUTSIDE")
    if outside is None:
        return
    from gazette.model.sheet import Sheet  # noqa: PLC0415
    from gazette.press.stage import print_files  # noqa: PLC0415
    from gazette.state import state_folder  # noqa: PLC0415

    content, output, _ = outside
    edition, current = settings["GAZETTE_EDITION"], settings["GAZETTE_THEME"]
    assets = [Sheet(path, "asset", asset) for path, asset in current.assets.values()]
    sheets = [*(s for s in edition.sheets if s.form != "html"), *assets]
    cache = state_folder(output_root(output)) / "medias"
    made = print_files(sheets, edition, current, content, cache, output)
    settings["GAZETTE_WEIGHTS"] = {path: (output / path).stat().st_size for path in made}


def remove_strays_if_outside(pelican: Pelican) -> None:
    """Remove what an earlier day printed and this one does not, where the output is ours (``finalized``)."""
    _, output, is_ours = pelican.settings.get("GAZETTE_OUTSIDE", (None, None, False))
    if is_ours:
        from gazette.press.stage import remove_files  # noqa: PLC0415

        pages = {s.path for s in pelican.settings["GAZETTE_SHEETS"] if s.form == "html"}
        found = {f.relative_to(output).as_posix() for f in output.rglob("*") if f.is_file() or f.is_symlink()}
        remove_files(output, found - pages - pelican.settings["GAZETTE_WEIGHTS"].keys())


def output_root(output: Path) -> Path:
    """Return the folder that holds the editions, when Pelican prints one of them (``output/public`` → ``output``)."""
    return output.parent if output.parent.name == "output" else output


def settings_file(content: Path) -> Path:
    """Return the settings that go with a content folder: beside it, or this engine's own."""
    beside = content.resolve().parent / "pelicanconf.py"
    return beside if beside.is_file() else Path(__file__).resolve().parents[2] / "pelicanconf.py"
