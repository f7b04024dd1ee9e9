"""Waste, which the interpreter need not look for while all that is made lives until the end of a run."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def unsought() -> Iterator[None]:
    """Look for no waste; afterwards what was made counts as old, and is not gone through at the next occasion."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # both together: every object goes to the oldest generation, untouched
        gc.enable()
