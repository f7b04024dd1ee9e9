"""How much one text may cost: its size, the time and the memory of the worker that reads it."""

from __future__ import annotations

from typing import Any

CPU_LIMIT = 5
"""Seconds a file."""
MEMORY_LIMIT = 300 * 1024 * 1024
"""Bytes above what an idle worker takes."""
SIZE_LIMIT = 1024 * 1024
"""Bytes of a file."""
EXHAUSTED: dict[str, Any] = {
    "front": {},
    "places": [],
    "faults": [
        (
            "LEC-12",
            "texte trop lourd à lire (plus de 5 s ou de 300 Mo)",
            "cherchez une suite anormale de [ * ` ou >, ou découpez le texte",
            1,
            1,
        )
    ],
    "body": None,
}
"""What is told of a file that no worker could read within these limits."""
