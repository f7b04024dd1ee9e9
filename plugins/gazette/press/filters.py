"""What templates may call: links, dates, French text, bodies."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import pass_context
from markupsafe import Markup, escape

from gazette.model.duration import hour_fr, last_day, last_hour_fr, timed_days_fr
from gazette.model.moment import DAYS, MONTHS, Moment
from gazette.model.typography import NO_BREAK, french
from gazette.press.marks import among_others, set_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.runtime import Context

    from gazette.model.picture import Picture

SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def day_of(value: dt.date | Moment) -> dt.date:
    """Return the day of a date or a moment."""
    return value.day if isinstance(value, Moment) else value


def _number(day: dt.date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def date_fr(value: dt.date | Moment) -> str:
    """Return « lundi 23 novembre 2026 »."""
    day = day_of(value)
    return f"{DAYS[day.weekday()]} {_number(day)}{NO_BREAK}{MONTHS[day.month - 1]} {day.year}"


def date_courte(value: dt.date | Moment) -> str:
    """Return « 23 novembre 2026 »."""
    day = day_of(value)
    return f"{_number(day)}{NO_BREAK}{MONTHS[day.month - 1]} {day.year}"


def date_jm(value: dt.date | Moment) -> str:
    """Return « 23 novembre »."""
    day = day_of(value)
    return f"{_number(day)}{NO_BREAK}{MONTHS[day.month - 1]}"


def jour_abr(value: dt.date | Moment) -> str:
    """Return « lun. 23 »."""
    day = day_of(value)
    return f"{DAYS[day.weekday()][:3]}.{NO_BREAK}{_number(day)}"


def jour_sem_abr(value: dt.date | Moment) -> str:
    """Return « lun. »."""
    return f"{DAYS[day_of(value).weekday()][:3]}."


def mois_abr(value: dt.date | Moment) -> str:
    """Return « nov. »."""
    return SHORT_MONTHS[day_of(value).month - 1]


def heure_fr(value: Moment) -> str:
    """Return « 9 h », « 13 h 30 », or "" for a whole day."""
    return hour_fr(value.hour)


def _named(day: dt.date) -> str:
    """Return « lundi 23 novembre »."""
    return f"{DAYS[day.weekday()]} {date_jm(day)}"


def quand(happening: Any) -> str:  # noqa: ANN401  # a Happening, of a stage that this one does not import
    """Return when something takes place, its day apart: « 9 h – 12 h », « jusqu’au 4 décembre »."""
    start, end = happening.start, happening.end
    if end is None or end == start:
        return heure_fr(start)
    last = last_day(start, end)
    if happening.nature == "fenetre":
        return _open(start, end, last)
    if last == start.day:
        return f"{heure_fr(start)} – {last_hour_fr(start, end)}" if start.hour and end.hour else heure_fr(start)
    is_long = (last - start.day).days >= 365  # noqa: PLR2004  # « du 3 au 5 mars » of two years
    if start.hour:
        return timed_days_fr(start, end, date_fr if is_long else _named)
    if is_long:
        return f"du {date_courte(start)} au {date_courte(end)}"
    first = _number(start.day) if start.day.month == end.day.month else date_jm(start)
    return f"du {first} au {date_jm(end)}"


def _open(start: Moment, end: Moment, last: dt.date) -> str:
    """Return « jusqu’au 4 décembre, 17 h »: what counts of a window is when it closes."""
    opening = heure_fr(start) if start.hour != dt.time() else ""
    closing = last_hour_fr(start, end) if end.hour else ""
    if last == start.day:
        return f"{opening} – {closing}" if opening and closing else f"jusqu’à {closing}" if closing else opening
    until = f"jusqu’au {date_jm(last)}" + (f", {closing}" if closing else "")
    return f"dès {opening}, {until}" if opening else until


_ORDINAL = re.compile(r"(?:(1)(er)(?<![\w./#-]1er)|(6)(e)(?<![\w./#-]6e))\b(?=[^<>]*(?:<|\Z))")
"""« 1er » of a month and the class of « 6e », between two tags."""
_PLAIN = "svg|option|textarea|script|style|pre|code"
_KEPT = re.compile(rf"(<(?:{_PLAIN})\b.*?</(?:{_PLAIN})>)", re.DOTALL)
"""Elements whose text is left as it is."""


def exposants(html: str) -> Markup:
    """Return HTML where « 1er » and « 6e » are written as printers do, but in addresses, names, drawings and code."""
    if ("1er" not in html and "6e" not in html) or not _ORDINAL.search(html):
        return Markup(html)  # noqa: S704  # it comes from a template, which escapes
    parts = _KEPT.split(html)
    parts[::2] = [_ORDINAL.sub(r"\1\3<sup>\2\4</sup>", part) for part in parts[::2]]
    return Markup("".join(parts))  # noqa: S704


def pluriel(count: int, one: str, many: str) -> str:
    """Return « 3 écoles »; 0 and 1 are singular in French."""
    return f"{count}{NO_BREAK}{many if abs(count) > 1 else one}"


def duree(seconds: float) -> str:
    """Return « 2 min 05 s », « 48 s »."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}{NO_BREAK}min {rest:02}{NO_BREAK}s" if minutes else f"{rest}{NO_BREAK}s"


def courriel(address: str, subject: str) -> str:
    """Return an address that opens a message with its subject written (RFC 6068)."""
    return f"mailto:{address}?subject={quote(subject, safe='')}"


def poids(size: int) -> str:
    """Return a size in bytes as « 1,2 Mo », « 85 ko »."""
    kilobytes = max(1, round(size / 1000))
    return f"{kilobytes / 1000:.1f}{NO_BREAK}Mo".replace(".", ",") if kilobytes >= 1000 else f"{kilobytes}{NO_BREAK}ko"  # noqa: PLR2004


@pass_context
def pese(context: Context, href: str, form: str) -> str:
    """Return the form and the weight of a file that the edition holds, as « EPUB, 1,2 Mo ».

    In a trial, which prints a page alone, the form only.
    """
    size = context["weights"].get(href)
    return f"{form}, {poids(size)}" if size else form


@pass_context
def lien(context: Context, href: str) -> str:
    """Return an edition-root-relative address as this page must write it; an absolute one as it is.

    In a package (``places``) what it holds has its place there, and everything else is on line.
    """
    if href.startswith("#") or re.match(r"[a-z][a-z0-9+.-]*:", href):
        return href
    if "places" in context:
        path, mark, fragment = href.partition("#")
        place = context["places"].get(path)
        return f"{context['root']}{place}{mark}{fragment}" if place else f"{context['site'].address}{href}"
    return f"{context['root']}{href}" or "./"


@pass_context
def emportees(context: Context, files: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Return the files of a picture that the page may show: in a package, those that it holds."""
    return tuple(file for file in files if file[0] in context["places"]) if "places" in context else files


@pass_context
def corps(context: Context, holder: Any, prefix: str = "", deeper: int = 0) -> Markup:  # noqa: ANN401  # see marks.Bodied
    """Return the body's HTML for this page; where it shows several texts, each has its anchors and its headings."""
    known = {name: context[name] for name in ("root", "places", "site") if name in context}
    macros: Any = context.environment.get_template(context.get("medias", "_media.html")).make_module(known)

    def link(href: str) -> str:
        return str(escape(lien(context, href)))

    def figure(picture: Picture) -> str:
        return str(macros.figure(picture))

    def inline(picture: Picture) -> str:
        return str(macros.picture(picture))

    html = set_marks(holder, getattr(holder, "pictures", ()), link, figure, inline)
    return Markup(among_others(html, prefix, deeper))  # noqa: S704  # cleaned by nh3 when it was read


def filters() -> Mapping[str, Any]:
    """Return the filters by the name templates know."""
    return {
        "typo": lambda text: french(str(text)),
        "date_fr": date_fr,
        "date_courte": date_courte,
        "date_jm": date_jm,
        "exposants": exposants,
        "jour_abr": jour_abr,
        "jour_sem_abr": jour_sem_abr,
        "mois_abr": mois_abr,
        "heure_fr": heure_fr,
        "quand": lambda happening: french(quand(happening)),
        "pluriel": pluriel,
        "duree": duree,
        "poids": poids,
        "pese": pese,
        "courriel": courriel,
        "emportees": emportees,
        "lien": lien,
        "corps": corps,
    }
