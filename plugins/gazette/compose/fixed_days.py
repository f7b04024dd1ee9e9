"""Days that keep their date whatever the school year: national and international days that schools mark."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from gazette.model.text import slug

if TYPE_CHECKING:
    import datetime as dt

FIXED_DAYS = MappingProxyType(
    {
        (1, 27): "genocides holocauste shoah crimes",
        (2, 11): "sciences scientifiques",
        (2, 21): "langue langues",
        (3, 8): "femmes filles egalite",
        (3, 14): "maths mathematiques pi",
        (3, 20): "francophonie bonheur",
        (3, 21): "forets poesie racisme trisomie",
        (3, 22): "eau",
        (4, 2): "autisme",
        (4, 7): "sante sport",
        (4, 22): "terre",
        (4, 23): "livre",
        (5, 9): "europe",
        (5, 10): "esclavage",
        (5, 17): "homophobie",
        (5, 22): "biodiversite",
        (6, 5): "environnement",
        (6, 8): "ocean oceans",
        (6, 21): "musique",
        (9, 21): "paix",
        (9, 26): "langues",
        (10, 5): "enseignants enseignantes",
        (10, 10): "mentale",
        (10, 16): "alimentation paty bernard",
        (11, 20): "enfant enfants",
        (11, 25): "violences",
        (12, 3): "handicap handicapees",
        (12, 9): "laicite",
        (12, 10): "homme humains",
    }
)
"""By month and day: words of titles that mean this very day (United Nations, UNESCO, the ministry's list)."""


def is_fixed(day: dt.date, title: str) -> bool:
    """Tell whether what a title names is kept on that day every year."""
    words = FIXED_DAYS.get((day.month, day.day), "").split()
    return not {*slug(title).split("-")}.isdisjoint(words)
