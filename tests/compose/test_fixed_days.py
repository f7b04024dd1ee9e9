"""Days that keep their date: by the day and a word of the title together."""

from datetime import date

import pytest

from gazette.compose.fixed_days import FIXED_DAYS, is_fixed


@pytest.mark.parametrize(
    ("day", "title", "told"),
    [
        (date(2027, 3, 8), "Journée internationale des droits des femmes", True),
        (date(2026, 12, 9), "La LAÏCITÉ à l’école", True),
        (date(2026, 11, 20), "Droits de l’enfant", True),
        (date(2027, 3, 8), "Semaine des maths", False),
        (date(2026, 12, 10), "La laïcité à l’école", False),
        (date(2026, 11, 20), "Enfantines", False),
        (date(2026, 11, 21), "", False),
    ],
)
def test_a_day_is_fixed_by_its_date_and_its_title(day: date, title: str, told: bool):
    """A word alone, or the day alone, moves as the others do."""
    assert told == is_fixed(day, title)


def test_every_fixed_day_is_a_day_of_every_year():
    """None is the 29th of February; each has words as an address writes them."""
    assert [] == [key for key in FIXED_DAYS if not date(2027, *key)]
    assert all(word.isascii() and word.islower() for words in FIXED_DAYS.values() for word in words.split())
