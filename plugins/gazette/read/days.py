"""A day as a French hand writes it: in words, in figures, backwards, with an hour or the name of the day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_MONTHS_SAID = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_HOUR = r"(?P<h>\d{1,2}) ?(?:[:h]|heures?) ?(?P<min>\d{2})?"
_MONTH = rf"(?P<m>{'|'.join(MONTHS)}|(?:janv|fevr?|avr|juill?|sept|oct|nov|dec)\b\.?)"
"""Whole, or cut short: « 6 oct. 2026 »."""
_IN_WORDS = rf"(?:le )?(?:(?P<dow>{'|'.join(DAYS)}) )?(?P<d>\d{{1,2}})(?:er)? {_MONTH} (?P<y>\d{{4}})"
_IN_FIGURES = r"(?P<d>\d{1,2})[/. -](?P<m>\d{1,2})[/. -](?P<y>\d{4}|\d{2})"
_BACKWARDS = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
_FORMS = tuple(re.compile(rf"\A{form}(?:t|,? (?:a )?)?(?:{_HOUR})?\Z") for form in (_IN_WORDS, _IN_FIGURES, _BACKWARDS))
_HOUR_ALONE = re.compile(rf"\A{_HOUR}\Z")
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a hand typed for a day, possible or not."""

    year: int
    month: int
    day: int
    weekday: int | None
    """From 0, Monday."""
    hour: str
    """HH:MM, or ""."""
    is_whole: bool
    """The year has its four figures."""

    @property
    def date(self) -> dt.date | None:
        """Return the day, None where there is none such."""
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def is_likely(self) -> bool:
        """Tell whether the year is one that a text may have."""
        return self.year in _YEARS

    @property
    def nearest(self) -> dt.date | None:
        """Return the last day of the month where the day is past it: 30 November for the 31st."""
        if self.date or not self.is_likely or not 1 <= self.month <= len(MONTHS):
            return None
        last = calendar.monthrange(self.year, self.month)[1]
        return dt.date(self.year, self.month, last) if last < self.day <= 31 else None  # noqa: PLR2004  # days


def typed_day(text: str) -> Typed | None:
    """Return the day that a text is, and nothing else; None where it is none."""
    found = next((f for form in _FORMS if (f := form.match(plain(text)))), None)
    if found is None:
        return None
    said = found["m"].rstrip(".")
    month = int(said) if said.isdigit() else next(n for n, whole in enumerate(MONTHS, 1) if whole.startswith(said))
    weekday = found.groupdict().get("dow")
    return Typed(
        int(f"20{found['y']}"[-4:]),
        month,
        int(found["d"]),
        DAYS.index(weekday) if weekday else None,
        _clock(found) if found["h"] else "",
        is_whole=len(found["y"]) == 4,  # noqa: PLR2004  # figures of a year
    )


def typed_hour(text: str) -> str:
    """Return the hour that a text is, HH:MM; "" where it is none."""
    found = _HOUR_ALONE.match(plain(text))
    return _clock(found) if found else ""


def month_of(day: dt.date) -> str:
    """Return a month as it is said: « février 2027 »."""
    return f"{_MONTHS_SAID[day.month - 1]} {day.year}"


def _clock(found: re.Match[str]) -> str:
    return f"{int(found['h']):02}:{found['min'] or '00'}"


def plain(text: str) -> str:
    """Return a text without capital, accent nor odd space."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    bare = "".join(c for c in letters if not unicodedata.combining(c)).lower()
    return " ".join(bare.replace("\u2011", "-").split())
