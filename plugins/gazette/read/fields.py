"""What a front-matter value may be: days, hours, lines of text, addresses, UAI codes."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, TypeAdapter

from gazette.model.moment import Moment
from gazette.model.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable

UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""No I, O, Q: the check letter is the seven digits modulo 23."""
_DAY = re.compile(r"\A(\d{4})-(\d{2})-(\d{2})\Z")
_MOMENT = re.compile(r"\A(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2})[:h](\d{2}))?\Z")
_UAI = re.compile(r"\A(0[0-8][0-9]|09[0-5]|9[78][0-9]|[67]20)[0-9]{4}[A-Z]\Z")
_YEARS = range(2000, 2101)
_DEGREES = re.compile(r"\A-?\d{1,3}(?:\.\d{1,12})?\Z")


def read_day(value: object) -> dt.date:
    """Return the day that ``AAAA-MM-JJ`` says; ``ValueError`` otherwise."""
    if isinstance(value, dt.date):
        return value
    found = _DAY.match(str(value).strip())
    if not found:
        raise ValueError("jour")
    if int(found[1]) not in _YEARS:
        raise ValueError("annee")
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ValueError("jour") from error


def read_moment(value: object) -> Moment:
    """Return the day, and its hour if it has one; ``ValueError`` otherwise."""
    if isinstance(value, Moment):
        return value
    found = _MOMENT.match(str(value).strip())
    if not found:
        raise ValueError("moment")
    try:
        hour = dt.time(int(found[2]), int(found[3])) if found[2] else None
    except ValueError as error:
        raise ValueError("moment") from error
    return Moment(read_day(found[1]), hour)


def read_hour(value: object) -> dt.time:
    """Return the hour that ``HH:MM`` says; ``ValueError`` otherwise."""
    found = re.match(r"\A(\d{1,2})[:h](\d{2})\Z", str(value).strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004  # hours, minutes
        raise ValueError("heure")
    return dt.time(int(found[1]), int(found[2]))


def yes_no(value: object) -> object:
    """Return what « oui » and « non » say."""
    return {"oui": True, "non": False}.get(value, value) if isinstance(value, str) else value


def one_or_many(value: object) -> object:
    """Return a lone value as a list of one, and words between commas as a list of words."""
    if isinstance(value, str):
        return [word for part in value.split(",") if (word := part.strip())]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else value


def _text_of_number(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def check_uai(value: str) -> str:
    """Return the UAI; ``ValueError`` when its form or its check letter is wrong."""
    if not _UAI.match(value) or UAI_LETTERS[int(value[:7]) % 23] != value[7]:
        raise ValueError("uai")
    return value


def is_uai(value: str) -> bool:
    """Tell whether a word is a school's code."""
    try:
        return bool(check_uai(value))
    except ValueError:
        return False


def _degrees(limit: int) -> Callable[[str], str]:
    """Return a check of degrees, written with a point or a comma."""

    def check(value: str) -> str:
        text = value.replace(",", ".")
        if not _DEGREES.match(text) or abs(float(text)) > limit:
            raise ValueError("degres")
        return text

    return check


def check_https(value: str) -> str:
    """Return the address; ``ValueError`` when it is none of the Web's."""
    HTTPS.validate_python(value)
    if not value.startswith(("https://", "http://")):
        raise ValueError("adresse")
    return value


HTTPS: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)
Line = Annotated[str, BeforeValidator(_text_of_number), AfterValidator(clean_line), Field(max_length=300)]
RequiredLine = Annotated[Line, Field(min_length=1)]
Text = Annotated[str, BeforeValidator(_text_of_number), AfterValidator(clean)]
Day = Annotated[dt.date, BeforeValidator(read_day)]
When = Annotated[Moment, BeforeValidator(read_moment)]
Hour = Annotated[dt.time, BeforeValidator(read_hour)]
YesNo = Annotated[bool, BeforeValidator(yes_no)]
Uai = Annotated[str, AfterValidator(check_uai)]
Level = Literal["TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "6e"]
Latitude = Annotated[Line, AfterValidator(_degrees(90))]
Longitude = Annotated[Line, AfterValidator(_degrees(180))]
Url = Annotated[str, AfterValidator(check_https)]
Words = Annotated[list[RequiredLine], BeforeValidator(one_or_many)]
Uais = Annotated[list[Uai], BeforeValidator(one_or_many)]
Name = Annotated[str, BeforeValidator(_text_of_number), Field(pattern=r"^[a-z0-9-]{1,80}$")]
