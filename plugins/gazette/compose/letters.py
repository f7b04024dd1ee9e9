"""A week as a letter and as a feed item: the page of the week in a few short lists of links."""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING

from gazette.compose.feed_items import distinct
from gazette.compose.feed_links import GENERAL
from gazette.compose.school_time import has_class
from gazette.compose.views.frise import FriseView
from gazette.compose.weeks import Bundle, address, bundled, told, week_view
from gazette.errors import ConfigurationError
from gazette.model.body import Body
from gazette.model.feed import FeedItem, Stream
from gazette.model.letter import Letter, Line, Part, Recipient
from gazette.model.moment import DAYS, MONTHS
from gazette.model.typography import NO_BREAK
from gazette.model.week import Week

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.compose.desk import Desk
    from gazette.compose.views.cards import Card, Due
    from gazette.compose.views.weeks import WeekView
    from gazette.model.sheet import Sheet

NAME, TITLE = "semaine", "La semaine"
"""Of the feed of weeks."""
DESCRIPTION = "Chaque vendredi, ce qui a paru, ce qui est à faire ensuite, l’outil de la semaine."
ITEMS = 50
"""Weeks of the feed."""


def weekly(desk: Desk) -> Iterator[Stream]:
    """Yield what follows weeks: one item a week of class, from Friday 16:00.

    Readers take an item once and seldom look again: told on Monday, a week would reach them empty for ever.
    """
    bundles = desk.once(bundled)
    shown = [w for w in reversed(desk.once(told)) if w.closing <= desk.now][:ITEMS]
    items = tuple(_item(desk, week, bundles.get(week, Bundle())) for week in shown)
    sources = tuple(sorted({c.entry.path for week in shown for c in bundles.get(week, Bundle()).sources}))
    home = desk.audience.address + (address(shown[0]) if shown else "")
    yield Stream(NAME, f"{desk.newsroom.title} : la semaine", DESCRIPTION, home, GENERAL, items, sources)


def letter(desk: Desk, week: Week, bundle: Bundle) -> Letter:
    """Return what a week tells, its neighbours aside."""
    view = week_view(desk, week, bundle, None, None)
    parts = [Part(view.due_title, tuple(_due_line(desk, d) for d in view.due))]
    parts += [Part(lane.fil.title, tuple(_line(desk, c) for c in lane.cards)) for lane in view.lanes]
    parts += [Part(view.tool.card.fil.title, (_line(desk, view.tool.card),))] if view.tool else []
    return Letter(
        week=week.label,
        subject=_subject(view, week),
        title=view.head.title,
        intro=_intro(view),
        parts=tuple(part for part in parts if part.lines),
        url=desk.audience.address + address(week),
        newsroom=desk.newsroom.title,
        edition=desk.audience.title if desk.audience.rank else "",
        reason=(
            "Cette lettre est écrite par le site de la circonscription à l’adresse de fonction de votre école, "
            "telle que son annuaire la donne. Pour ne plus la recevoir, répondez-y en un mot."
        ),
        unserved=_unserved(desk),
    )


def chosen(desk: Desk, label: str) -> Week:
    """Return the week of that label, or the last one told by now; ``ConfigurationError`` when it has no letter."""
    weeks = desk.once(told)
    if not label:
        over = [week for week in weeks if week.closing <= desk.now]
        if not over:
            raise ConfigurationError("aucune semaine n’est encore à raconter : dites laquelle, avec --semaine")
        return over[-1]
    week = Week.named(label)
    if week is None:
        raise ConfigurationError(f"--semaine « {label} » : écrivez une année et une semaine, comme 2026-S47")
    if not has_class(week, desk.newsroom.zone):
        raise ConfigurationError(f"--semaine {label} : une semaine de vacances n’a ni page ni lettre")
    if week not in weeks:
        reason = "elle n’a pas commencé" if week.monday > desk.today else "rien n’avait encore paru"
        raise ConfigurationError(f"--semaine {label} : {reason}")
    return week


def recipients(desk: Desk) -> tuple[Recipient, ...]:
    """Return who may receive the letter of this edition: open schools and services of the directory, once an address.

    A more restricted edition's goes to schools alone, whose mailbox (``ce.``) is the director's; and no letter leaves
    for an address that is not a function's.
    """
    found: dict[str, Recipient] = {}
    for school in sorted(desk.schools.values(), key=lambda s: s.uai):
        is_served = not desk.audience.rank or bool(school.levels or school.classes)
        if is_served and school.state == "ouverte" and desk.newsroom.is_institutional(school.email):
            found.setdefault(school.email.lower(), Recipient(school.uai, school.title, school.email))
    return tuple(found.values())


def _unserved(desk: Desk) -> tuple[str, ...]:
    """Return the open schools that no letter can reach: no address, or one that is no function's."""
    schools = sorted(desk.schools.values(), key=lambda s: s.uai)
    return tuple(
        s.title
        for s in schools
        if s.state == "ouverte" and (s.levels or s.classes) and not desk.newsroom.is_institutional(s.email)
    )


def standing(sheets: Iterable[Sheet]) -> Mapping[str, frozenset[str]]:
    """Return the anchors of each file that an edition prints, as far as letters lead to them: those of the frise."""
    return {
        sheet.path: frozenset(
            h.id for p in sheet.view.periods for month in p.months for day in month.days for h in day.happenings
        )
        if isinstance(sheet.view, FriseView)
        else frozenset()
        for sheet in sheets
    }


def _item(desk: Desk, week: Week, bundle: Bundle) -> FeedItem:
    told_ = letter(desk, week, bundle)
    identity = desk.uuid(f"semaine/{desk.audience.name}/{week.label}")
    changes = [max(c.entry.date.instant, c.entry.origin.modified) for c in bundle.sources if c.entry.date]
    return FeedItem(
        id=identity,
        title=told_.title,
        url=told_.url,
        summary=_summary(told_),
        author=desk.newsroom.title,
        categories=(TITLE,),
        published=week.closing,
        updated=distinct(identity, max((week.closing, *changes))),
        body=_body(told_),
    )


def _body(told_: Letter) -> Body:
    """Return the letter as the text of a feed item; every address in it is absolute."""
    html = f"<p>{escape(told_.intro)}</p>"
    for part in told_.parts:
        rows = "".join(
            f'<li><p><a href="{escape(line.url)}">{escape(line.title)}</a><br>{escape(line.facts)}</p>'
            + (f"<p>{escape(line.text)}</p>" if line.text else "")
            + "</li>"
            for line in part.lines
        )
        html += f"<h2>{escape(part.title)}</h2><ul>{rows}</ul>"
    return Body(html, hashlib.blake2b(html.encode(), digest_size=16).hexdigest())


def _summary(told_: Letter) -> str:
    rows = [f"{part.title} : {' ; '.join(line.title for line in part.lines)}." for part in told_.parts]
    return " ".join(rows) or told_.intro


def _subject(view: WeekView, week: Week) -> str:
    """Return « Semaine 47 : Petits champions, et 3 autres nouvelles »."""
    titles = [c.title for lane in view.lanes for c in lane.cards] + ([view.tool.card.title] if view.tool else [])
    titles += [d.label for d in view.due]
    rest = len(titles) - 1
    more = f", et {rest} autre{'s' * (rest > 1)} nouvelle{'s' * (rest > 1)}" if rest > 0 else ""
    return f"Semaine {week.number} : {titles[0]}{more}" if titles else f"Semaine {week.number} : rien de nouveau"


def _intro(view: WeekView) -> str:
    if not (view.lanes or view.tool or view.due):
        return "Une semaine tranquille : rien de nouveau n’a paru."
    return "Ce qui a paru, ce qui est à faire ensuite, l’outil de la semaine."


def _line(desk: Desk, card: Card) -> Line:
    facts = (_day(card.date.day), card.author, *card.marks, " ".join(card.levels))
    return Line(card.title, _absolute(desk, card.href), " · ".join(f for f in facts if f), card.summary)


def _due_line(desk: Desk, due: Due) -> Line:
    hour = due.due.hour
    until = f"avant le {DAYS[due.due.day.weekday()]} {_day(due.due.day)}"
    if hour:
        until += f", {hour.hour}{NO_BREAK}h" + (f"{NO_BREAK}{hour.minute:02}" if hour.minute else "")
    facts = (until, due.fil.short_title if due.fil else "", ", ".join(due.schools))
    return Line(due.label, _absolute(desk, due.href), " · ".join(f for f in facts if f), due.title)


def _day(day: dt.date) -> str:
    return f"{'1er' if day.day == 1 else day.day}{NO_BREAK}{MONTHS[day.month - 1]}"


def _absolute(desk: Desk, href: str) -> str:
    return href if "://" in href else desk.audience.address + href
