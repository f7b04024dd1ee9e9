"""A validated field table → the entry of its kind, with what only the circonscription tells: roles, audiences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gazette.model.body import Body, Heading, Reference
from gazette.model.entry import (
    FORMER_ADDRESS,
    RESERVED_NAME,
    Actualite,
    Approval,
    Deadline,
    Ecole,
    Ent,
    Entry,
    Evenement,
    Event,
    InfoDirection,
    Origin,
    Outil,
    Page,
    Projet,
    Step,
    Window,
)
from gazette.model.finding import Finding, Place, Severity
from gazette.model.media import Attachment, Image, Sound, Video
from gazette.model.moment import PARIS, Moment
from gazette.read import schema
from gazette.read.cahiers import cahier, contribution
from gazette.read.circonscription import RESERVED
from gazette.read.correspondents import correspondents
from gazette.read.explain import suggestion
from gazette.read.fields import check_uai
from gazette.read.media import declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazette.model.newsroom import Audience, Fil, Newsroom
    from gazette.read.media import MediaFolder

ALWAYS_RESERVED = frozenset({"page", "index"})
_EPOCH = datetime(2000, 1, 1, tzinfo=PARIS)
"""Stands until git's dates are known."""
_DECLARED = frozenset(medium.key for medium in (Image, Sound, Attachment))
"""Keys of which each item, and what it says, is told at its own line."""


@dataclass(slots=True)
class _Reader:
    """Where one entry is being made, and what was found."""

    path: str
    newsroom: Newsroom
    places: Mapping[tuple[Any, ...], tuple[int, int]]
    findings: list[Finding]
    is_refused: bool = False

    def refuse(self, code: str, key: tuple[Any, ...], message: str, remedy: str) -> None:
        """Tell a fault that costs the entry."""
        self.is_refused = True
        self.tell(code, key, message, remedy, Severity.REFUSE)

    def refuse_medium(self, key: str, rank: int, why: str) -> None:
        """Tell a medium whose file is out of reach."""
        name = {"images": "image", "sons": "son", "fichiers": "fichier"}[key]
        self.refuse("LEC-18", (key, rank), f"{name} {why}", "copiez le fichier à côté de l'article")

    def tell(
        self, code: str, key: tuple[Any, ...], message: str, remedy: str, severity: Severity = Severity.NOTE
    ) -> None:
        """Tell a finding at a key."""
        while key and key not in self.places:
            key = key[:-1]
        self.findings.append(Finding(code, severity, Place(self.path, *self.places.get(key, (1, 1))), message, remedy))


def entry_of(
    kind: str,
    table: schema.EntryTable,
    path: str,
    folder: str,
    name: str,
    body: Mapping[str, Any],
    newsroom: Newsroom,
    media: MediaFolder,
    places: Mapping[tuple[Any, ...], tuple[int, int]],
) -> tuple[Entry | None, list[Finding]]:
    """Return the entry and its findings; None when one of them costs it."""
    reader = _Reader(path, newsroom, places, [])
    fil = newsroom.fil(folder)
    _check_name(reader, folder, name)
    audience = _audience(reader, table, fil)
    _check_author(reader, table)
    _check_former(reader, table)
    also_in = _also_in(reader, table)
    identity = table.id or path.removesuffix("/index.md").removesuffix(".md")
    common: dict[str, Any] = {
        "id": identity,
        "path": path,
        "name": name,
        "folder": folder,
        "title": table.title,
        "summary": table.summary,
        "status": table.status,
        "author": table.author,
        "audience": audience,
        "date": table.date,
        "origin": Origin(_EPOCH, _EPOCH),
        "body": _body(body),
        "levels": tuple(table.levels),
        "keywords": tuple(table.keywords),
        "schools": tuple(table.schools),
        "tools": tuple(table.tools),
        "also_in": also_in,
        **declared(table, path, media, reader.refuse_medium),
        "videos": _videos(table),
        "events": announced(table, identity),
        "windows": tuple(Window(w.label, w.start, w.end) for w in table.windows),
        "deadlines": tuple(_deadline(d) for d in table.deadlines),
        "planned": table.planned,
        "expires": table.expires,
        "pinned_until": table.pinned_until,
        "ent_only": table.distribution == "ent",
        "former_addresses": tuple(a.strip("/") for a in table.former_addresses),
        "approval": Approval(table.approval.role, table.approval.day, table.approval.digest)
        if table.approval
        else None,
        "lines": {".".join(map(str, key)): at for key, at in places.items() if len(key) == 1 or {*key[:1]} & _DECLARED},
    }
    _check_spans(reader, table)
    _check_named(reader, table, "vidéo", [(("videos", n, "apercu"), v.preview) for n, v in enumerate(table.videos)])
    entry = _MAKERS[kind](reader, table, common)
    return (None if reader.is_refused else entry), reader.findings


def _check_name(reader: _Reader, folder: str, name: str) -> None:
    reserved = RESERVED | {f.name for f in reader.newsroom.fils} | {a.name for a in reader.newsroom.audiences}
    is_ours = reader.newsroom.fil(folder) and RESERVED_NAME.fullmatch(name)
    if is_ours or name in ALWAYS_RESERVED or (folder == "pages" and name in reserved):
        reader.refuse("LEC-35", (), f"adresse réservée « {name} »", "renommez le fichier")


def _audience(reader: _Reader, table: schema.EntryTable, fil: Fil | None) -> Audience:
    """Return who may read; in doubt the entry is refused, never opened."""
    most_open = reader.newsroom.audiences[0]
    default = fil.floor if fil else most_open
    if not table.edition:
        return default
    audience = reader.newsroom.audience(table.edition)
    if audience is None:
        names = [a.name for a in reader.newsroom.audiences]
        reader.refuse(
            "LEC-13", ("edition",), f"édition inconnue « {table.edition[:40]} »", suggestion(table.edition, names)
        )
        return reader.newsroom.audiences[-1]
    return audience


def _check_author(reader: _Reader, table: schema.EntryTable) -> None:
    roles = [r.name for r in reader.newsroom.roles]
    if table.author in roles:
        return
    try:
        check_uai(table.author)
    except ValueError:
        reader.refuse("LEC-14", ("auteur",), "auteur : ni un rôle ni un code d'école", suggestion(table.author, roles))


def _check_former(reader: _Reader, table: schema.EntryTable) -> None:
    """Tell former addresses that cannot lead anywhere: badly written, or a page of the site itself."""
    own = {*(f.name for f in reader.newsroom.fils), "outils", "ecoles", "cahiers"}
    for rank, address in enumerate(table.former_addresses):
        first, _, rest = address.strip("/").partition("/")
        is_list = reader.newsroom.fil(first) and RESERVED_NAME.fullmatch(rest.partition("/")[0])
        is_taken = first in RESERVED - own or (first in own and not rest) or is_list
        if is_taken or not FORMER_ADDRESS.fullmatch(address.strip("/")):
            remedy = f"écrivez l'ancienne adresse sans le nom du site : {reader.path.partition('/')[0]}/ancien-nom/"
            message = f"ancienne adresse inutilisable « {address[:60]} »"
            reader.tell("LEC-26", ("anciennes_adresses", rank), message, remedy)


def _also_in(reader: _Reader, table: schema.EntryTable) -> tuple[str, ...]:
    names = [f.name for f in reader.newsroom.fils]
    for rank, name in enumerate(table.also_in):
        if name not in names:
            reader.tell("LEC-16", ("aussi_dans", rank), f"fil inconnu « {name[:40]} »", suggestion(name, names))
    return tuple(n for n in table.also_in if n in names)


def _check_spans(reader: _Reader, table: schema.EntryTable) -> None:
    """Refuse what ends before it starts: a slip that no reader could make sense of."""
    spans: list[tuple[tuple[Any, ...], Moment, Moment | None]] = [
        (("evenements", n, "fin"), e.start, e.end) for n, e in enumerate(table.events)
    ]
    spans += [(("fenetres", n, "fin"), w.start, w.end) for n, w in enumerate(table.windows)]
    if isinstance(table, schema.EvenementTable):
        spans.append((("fin",), table.start, table.end))
    if isinstance(table, schema.CahierTable):
        spans.append((("cloture",), Moment(table.opens), Moment(table.closes)))
    if isinstance(table, schema.ProjetTable) and table.period:
        spans.append((("periode", "fin"), table.period.start, table.period.end))
    if table.date and table.expires and table.expires < table.date.day:
        reader.refuse("LEC-17", ("expire",), "expire avant de paraître", "corrigez expire:, ou date:")
    for key, start, end in spans:
        if (
            end
            and (end.day, end.hour or start.hour) < (start.day, start.hour)
            and (end.day < start.day or (end.hour and start.hour))
        ):
            reader.refuse("LEC-17", key, "la fin est avant le début", "corrigez l'une des deux dates")


def _body(data: Mapping[str, Any]) -> Body:
    return Body(
        html=data["html"],
        digest=data["digest"],
        references=tuple(Reference(r["kind"], r["target"], r["fragment"], r["line"]) for r in data["references"]),
        headings=tuple(Heading(*h) for h in data["headings"]),
        anchors=frozenset(data["anchors"]),
        words=data["words"],
        text=data["text"],
    )


def _events(table: schema.EntryTable, identity: str) -> tuple[Event, ...]:
    return tuple(
        Event(
            e.id or f"{identity}/{rank}",
            e.title,
            e.start,
            e.end,
            e.place,
            tuple(e.schools),
            e.state,
            e.repeat.day if e.repeat else "",
            e.repeat.until if e.repeat else None,
            e.is_off_class,
        )
        for rank, e in enumerate(table.events, 1)
    )


def _deadline(table: schema.DeadlineTable) -> Deadline:
    due = replace(table.due, hour=table.hour) if table.hour else table.due
    return Deadline(table.label, due, tuple(table.schools), table.link)


def _actualite(_: _Reader, __: schema.EntryTable, common: dict[str, Any]) -> Entry:
    return Actualite(**common)


def _projet(_: _Reader, table: schema.ProjetTable, common: dict[str, Any]) -> Entry:
    period = Window("Période du projet", table.period.start, table.period.end) if table.period else None
    return Projet(**common, period=period)


def _info_direction(_: _Reader, table: schema.InfoDirectionTable, common: dict[str, Any]) -> Entry:
    return InfoDirection(**common, note_number=table.note_number, reference=table.reference, signatory=table.signatory)


def _videos(table: schema.EntryTable) -> tuple[Video, ...]:
    return tuple(Video(v.url, v.title, v.duration, v.has_captions, v.transcript, v.preview) for v in table.videos)


def _check_named(
    reader: _Reader, table: schema.EntryTable, what: str, rows: list[tuple[tuple[str | int, ...], str]]
) -> None:
    """Refuse an entry that names a picture which it does not declare: nothing would tell whom it shows."""
    names = [image.file for image in table.images]
    for rank, (place, name) in enumerate(rows, 1):
        if name and name not in names:
            remedy = suggestion(name, names) if names else "ajoutez-la à images: avec fichier, alt et personnes"
            reader.refuse("LEC-18", place, f"{what} {rank} : image non déclarée « {name[:60]} »", remedy)


def _outil(reader: _Reader, table: schema.OutilTable, common: dict[str, Any]) -> Entry:
    _check_named(reader, table, "étape", [(("etapes", n, "image"), s.image) for n, s in enumerate(table.steps)])
    return Outil(
        **common,
        tool=table.tool,
        publisher=table.publisher,
        url=table.url,
        cycles=tuple(sorted(set(table.cycles))),
        skills=tuple(table.skills),
        price=table.price,
        is_offline=table.is_offline,
        has_pupil_account=table.has_pupil_account,
        data=table.data,
        hosting=table.hosting,
        gar=table.gar,
        registry=table.registry,
        checked=table.checked,
        steps=tuple(Step(s.text, s.image) for s in table.steps),
        number=table.number,
        replaces=table.replaces,
    )


def announced(table: schema.EntryTable, identity: str) -> tuple[Event, ...]:
    """Return the events of an entry of this identity; the first of an event without an article is itself."""
    if not isinstance(table, schema.EvenementTable):
        return _events(table, identity)
    own = Event(
        identity,
        table.title,
        table.start,
        table.end,
        table.place,
        tuple(table.schools),
        table.state,
        table.repeat.day if table.repeat else "",
        table.repeat.until if table.repeat else None,
        table.is_off_class,
    )
    return (own, *_events(table, identity))


def _evenement(reader: _Reader, table: schema.EvenementTable, common: dict[str, Any]) -> Entry:
    names = [f.name for f in reader.newsroom.fils]
    for rank, lane in enumerate(table.lanes):
        if lane not in names:
            reader.tell("LEC-16", ("fils", rank), f"fil inconnu « {lane[:40]} »", suggestion(lane, names))
    lanes = tuple(lane for lane in table.lanes if lane in names)
    declared_lists = (("images", table.images), ("sons", table.sounds), ("fichiers", table.files))
    for key, rows in (*declared_lists, ("videos", table.videos)):
        if rows:
            message = f"{key} : un événement n'a pas de page où les montrer, rien n'en paraît"
            remedy = "faites-en une actualité qui annonce l'événement (evenements:)"
            reader.tell("LEC-27", (key,), message, remedy)
    nothing = dict.fromkeys(("images", "sounds", "attachments", "videos"), ())
    return Evenement(**{**common, **nothing}, lanes=lanes)


def _ecole(reader: _Reader, table: schema.EcoleTable, common: dict[str, Any]) -> Entry:
    if common["path"].rsplit("/", 1)[-1] not in {f"{table.uai}.md", "index.md"}:
        reader.refuse(
            "LEC-36",
            ("uai",),
            "le nom du fichier n'est pas le code UAI de l'école",
            f"renommez le fichier en {table.uai}.md",
        )
    if not table.uai.startswith(reader.newsroom.department):
        reader.refuse(
            "LEC-37",
            ("uai",),
            "école d'un autre département",
            "corrigez uai:, ou departement: dans circonscription.yml",
        )
    ent = Ent(table.ent.solution, table.ent.authorised_by, table.ent.authorised_on) if table.ent else None
    return Ecole(
        **{**common, "name": table.uai},
        uai=table.uai,
        town=table.town,
        state=table.state,
        classes=table.classes,
        pupils=table.pupils,
        latitude=table.position.latitude if table.position else "",
        longitude=table.position.longitude if table.position else "",
        email=table.email,
        ent=ent,
        rpi=table.rpi,
        is_fictitious=table.is_fictitious,
        correspondents=correspondents(table, reader.newsroom, reader.tell),
    )


def _page(_: _Reader, __: schema.EntryTable, common: dict[str, Any]) -> Entry:
    return Page(**common)


_MAKERS: dict[str, Any] = {
    "actualite": _actualite,
    "projet": _projet,
    "info_direction": _info_direction,
    "outil": _outil,
    "evenement": _evenement,
    "ecole": _ecole,
    "page": _page,
    "cahier": cahier,
    "contribution": contribution,
}
