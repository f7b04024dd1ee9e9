"""How the schools' sources are, for the team: a page, a feed of what is wrong, a message ready for each dead one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from gazette.newsdesk.health import Health, ailing, remedy
from gazette.papers.paper import page, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gazette.model.correspondent import Correspondent
    from gazette.model.entry import Ecole

KINDS = {
    "rss": "flux",
    "ics": "agenda",
    "git": "dépôt",
    "dossier": "dossier partagé",
    "gazette": "autre Gazette",
}
HEADS = ("École et source", "État", "Dernière réussite", "Articles", "Ensuite")
GONE = "donnez-nous sa nouvelle adresse, ou dites-nous qu’il n’y en a plus"
"""What a school does about a source that is no more: the directory is the team's."""
SPACE = uuid.UUID("5d0b6bd5-5a0c-5f4f-9a64-0e0d7b8c6f53")
"""Names every entry of these feeds."""
MESSAGE = """\
Bonjour,

Le journal de la circonscription relève ce que votre école publie elle-même.
Depuis le {since}, votre {kind} ne se lit plus :

    {url}

Ce qui ne va pas : {fault}.
Ce qu’il faut faire : {remedy}.

{last}Ce qui avait été repris reste en ligne. Dès que votre {kind} se lit de nouveau, la relève reprend
d’elle-même{gone}. Si vous ne souhaitez plus qu’il soit relevé, dites-le-nous en répondant à ce message.

Bien cordialement,
{title}
"""


@dataclass(frozen=True, slots=True)
class Checkup:
    """The state of every source of a circonscription, at one instant."""

    title: str
    """Of the circonscription."""
    schools: Mapping[str, Ecole]
    """By UAI."""
    found: Sequence[tuple[Correspondent, Health]]
    now: dt.datetime

    def files(self) -> dict[str, bytes]:
        """Return the page, the feed and the messages, by path."""
        messages = {f"messages/{name}.eml": text for name, text in self.messages()}
        return {"index.html": self.page().encode(), "sources.atom": self.feed().encode()} | messages

    def page(self) -> str:
        """Return the page: what is wrong first, then every source."""
        notes = [(self.who(one), note) for one, health in self.found for note in health.notes]
        parts = (
            self.table(),
            "<h2>Ce qui a été laissé de côté</h2>",
            table("À la dernière relève", ("École", "Quoi"), notes, "Rien."),
        )
        foot = f"Écrit le {self.now:%d/%m/%Y à %H:%M} par ./gazette collecter. Cette page ne se publie pas."
        return page("Les sources des écoles", self.title, "Réservé à l’équipe", "\n".join(parts), foot)

    def table(self) -> str:
        """Return every source, what is wrong first."""
        worst = sorted(self.found, key=lambda pair: (not _is_wrong(pair[1]), pair[0].key))
        count = sum(_is_wrong(health) for _, health in self.found)
        caption, rows = f"{len(self.found)} source(s), {count} à regarder", [self._row(*pair) for pair in worst]
        return table(caption, HEADS, rows, "Aucune école ne déclare de source autorisée.")

    def feed(self) -> str:
        """Return an Atom feed (RFC 4287) of what is wrong now, an entry a source, told again when it fails anew."""
        wrong = [(one, health) for one, health in self.found if _is_wrong(health)]
        moments = [self._since(health) for _, health in wrong] or [h.success for _, h in self.found if h.success]
        entries = "".join(self._entry(one, health) for one, health in wrong)
        name, updated = uuid.uuid5(SPACE, self.title).urn, max(moments, default=self.now.isoformat())
        head = (
            f"<title>{escape(self.title)} : les sources des écoles</title><id>{name}</id><updated>{updated}</updated>"
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">'
            f"{head}<author><name>{escape(self.title)}</name></author>{entries}</feed>\n"
        )

    def messages(self) -> Iterator[tuple[str, bytes]]:
        """Yield a message for each school whose source is gone or dead for a week, to its function address."""
        for rank, (one, health) in enumerate(ailing(self.found, self.now), 1):
            school = self.schools.get(one.uai)
            if school and school.email:
                yield f"{one.uai}-{rank}", self._message(school, one, health)

    def who(self, one: Correspondent) -> str:
        """Return the name of a source's school."""
        school = self.schools.get(one.uai)
        return f"{school.title} ({one.uai})" if school else one.uai

    def _row(self, one: Correspondent, health: Health) -> tuple[str, ...]:
        counts = f"{health.seen} vu(s), {health.kept} gardé(s), {health.refused} refusé(s)"
        last = f"lue le {self._last(health)}" if health.success else "jamais lue"
        return f"{self.who(one)} · {KINDS[one.kind]} · {one.url}", _state(health), last, counts, _next(health)

    def _last(self, health: Health) -> str:
        if not health.success:
            return "jamais"
        then = dt.datetime.fromisoformat(health.success)
        days = (self.now.date() - then.date()).days
        age = {0: "aujourd’hui", 1: "hier"}.get(days, f"il y a {days} jours")
        return f"{then:%d/%m/%Y à %H:%M} ({age})"

    def _since(self, health: Health) -> str:
        """Return since when it is so; another machine may have seen it first."""
        return health.since or health.success or self.now.isoformat()

    def _entry(self, one: Correspondent, health: Health) -> str:
        moment = self._since(health)
        name = uuid.uuid5(SPACE, f"{self.title} {one.key} {health.since}").urn
        title = f"{self.who(one)} : {KINDS[one.kind]} à regarder"
        told = f"{_state(health)}. Dernière réussite : {self._last(health)}."
        return (
            f"<entry><title>{escape(title)}</title><id>{name}</id><updated>{moment}</updated>"
            f'<content type="text">{escape(told)}</content></entry>'
        )

    def _message(self, school: Ecole, one: Correspondent, health: Health) -> bytes:
        made = EmailMessage(policy=SMTP.clone(cte_type="8bit"))
        made["To"] = school.email
        made["Subject"] = f"Votre {KINDS[one.kind]} ne se lit plus"
        made["X-Unsent"] = "1"  # mail programs open it as a draft
        facts = {
            "since": f"{dt.datetime.fromisoformat(self._since(health)):%d/%m/%Y}",
            "kind": KINDS[one.kind],
            "url": one.url,
            "fault": health.fault,
            "remedy": GONE if health.is_gone else remedy(health.code),
            "last": f"La dernière lecture réussie est du {self._last(health)}.\n" if health.success else "",
            "gone": ", à condition de nous donner la nouvelle adresse" if health.is_gone else "",
            "title": self.title,
        }
        made.set_content(MESSAGE.format(**facts), cte="8bit")
        return bytes(made)


def _is_wrong(health: Health) -> bool:
    return bool(health.fault or health.held or health.is_gone)


def _state(health: Health) -> str:
    times = f" ({health.faults} fois de suite)" if health.faults > 1 else ""
    told = [f"{health.fault}{times} · {remedy(health.code)} [{health.code}]"] if health.fault else []
    told += [f"retenu : {health.held}"] if health.held else []
    return " ; ".join(told) or ("en ordre" if health.success else "pas encore demandée")


def _next(health: Health) -> str:
    if health.is_gone:
        return "plus demandée, sauf par --source"
    if not health.until:
        return "demandée à la prochaine relève"
    return f"demandée dès le {dt.datetime.fromisoformat(health.until):%d/%m/%Y à %H:%M}"


def checkup(
    title: str,
    schools: Iterable[Ecole],
    health: Mapping[str, Health],
    authorised: Iterable[Correspondent],
    now: dt.datetime,
) -> Checkup:
    """Return the checkup of the authorised sources; what was never asked is told so."""
    found = [(one, health.get(one.key, Health())) for one in authorised]
    return Checkup(title, {school.uai: school for school in schools}, found, now)
