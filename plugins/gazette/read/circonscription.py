"""``circonscription.yml`` → ``Newsroom``: every fault told where it stands."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from gazette.errors import ConfigurationError
from gazette.model.colour import colour
from gazette.model.newsroom import Adhesion, Audience, Fil, LegalNotice, Newsroom, Role, TokenFeeds
from gazette.model.token import SUFFIX
from gazette.read.configuration import NewsroomTable
from gazette.read.explain import explain, suggestion
from gazette.read.frontmatter import FrontMatter, load
from gazette.read.identity import identity
from gazette.read.palette import palette

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from gazette.read.configuration import AdhesionTable, FiguresTable, FilTable, TokenTable, ToolFilTable
    from gazette.read.palette import Palette

FILE = "circonscription.yml"
SIZE_LIMIT = 256 * 1024
RESERVED = frozenset(
    "page outils frise echeances ecoles cahiers semaine deploiement aide fils recherche plan-du-site mentions-legales "
    "donnees-personnelles accessibilite 404 404.html sitemap.xml robots.txt .well-known theme media composants admin "
    "evenements pages donnees depeches registres index tout audio affiche".split()
)
"""First segments of addresses, and folders of ``content/``, that no fil and no page may take."""
DEFAULT_ROLES = {
    "ien": "L’IEN",
    "cpc": "L’équipe des CPC",
    "erun": "L’ERUN",
    "rased": "Le RASED",
    "equipe": "L’équipe de circonscription",
    "direction": "Une direction d’école",
}


FILLED = {("fils",), ("editions",), ("outils",), ("identite",)}
"""Tables of which no line may be left empty."""
COMPLETE = "complétez cette ligne"
UNQUOTED = "écrivez-la entre guillemets (ce qui suit un # est un commentaire)"


def load_newsroom(content: str | PathLike[str], theme: str | PathLike[str] | None = None) -> Newsroom:
    """Return the circonscription described in the folder; ``ConfigurationError`` tells where the file is wrong.

    With a theme, the colours and icons of the fils must be among those it has.
    """
    path = Path(content) / FILE
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path} : fichier introuvable ou illisible ; une circonscription commence par lui"
        ) from error
    matter = FrontMatter()
    if len(data) > SIZE_LIMIT:
        raise ConfigurationError(f"{path} : fichier trop long")
    try:
        load(data.decode("utf-8-sig"), matter)
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} : enregistrez ce fichier en UTF-8") from error
    if matter.faults:
        fault = matter.faults[0]
        raise ConfigurationError(f"{path}:{fault.line}:{fault.column} · {fault.message} · {fault.remedy}")
    for place, (line, column) in matter.places.items():
        if place[:1] in FILLED and _value_at(matter.values, place) in (None, ""):
            key = place[-1]
            what = f"{key}: est resté vide · {UNQUOTED if key == 'couleur' else COMPLETE}, ou retirez-la  [LEC-19]"
            raise ConfigurationError(f"{path}:{line}:{column} · {what}")
    try:
        table = NewsroomTable.model_validate(matter.values)
    except ValidationError as error:
        raise ConfigurationError("\n".join(_told(path, matter, error))) from error
    known = palette(Path(theme)) if theme else None
    unknown = list(_not_in_theme(path, matter, table, known)) if known else []
    if unknown:
        raise ConfigurationError("\n".join(unknown))
    made = replace(_newsroom(table, path, hashlib.sha256(data).hexdigest()), lines=matter.places)
    return replace(made, identity=identity(table.identity, [f.colour for f in made.fils], known, path))


def _value_at(values: Any, place: tuple[str | int, ...]) -> object:  # noqa: ANN401  # YAML is any tree
    """Return the value that stands at a place; None where there is none."""
    for part in place:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _told(path: Path, matter: FrontMatter, error: ValidationError) -> list[str]:
    lines = []
    for one in error.errors(include_url=False):
        place = tuple(one["loc"])
        while place and place not in matter.places:
            place = place[:-1]
        line, column = matter.places.get(place, (1, 1))
        code, message, remedy = explain(one, NewsroomTable)
        lines.append(f"{path}:{line}:{column} · {message} · {remedy}  [{code}]")
    return lines


def _not_in_theme(path: Path, matter: FrontMatter, table: NewsroomTable, known: Palette) -> Iterator[str]:
    rows: list[tuple[tuple[str, ...], FilTable | ToolFilTable]] = [
        *((("fils", name), fil) for name, fil in table.fils.items()),
        (("outils",), table.outils),
    ]
    for place, fil in rows:
        for key, message, remedy in known.faults(", ".join(place), fil.colour, fil.icon):
            line, column = matter.places.get((*place, key)) or matter.places.get(place, (1, 1))
            yield f"{path}:{line}:{column} · {message} · {remedy}  [LEC-09]"
    accent = colour(table.identity.accent)
    for message, remedy in known.unreadable(accent) if accent else ():
        line, column = matter.places.get(("identite", "couleur"), (1, 1))
        yield f"{path}:{line}:{column} · identite, {message} · {remedy}  [LEC-09]"


def _newsroom(table: NewsroomTable, path: Path, digest: str) -> Newsroom:
    audiences = tuple(
        Audience(rank, a.name, a.title, _folder(a.address), _token_feeds(a.token))
        for rank, a in enumerate(table.editions)
    )
    by_name = {a.name: a for a in audiences}
    _check_audiences(audiences, path)
    fils = (
        *(_fil(name, fil, by_name, audiences[0], path) for name, fil in table.fils.items()),
        _tools(table, audiences[0]),
    )
    return Newsroom(
        table.identifier,
        table.name,
        table.title,
        table.motto,
        table.department,
        table.academy,
        table.zone,
        audiences,
        fils,
        _roles(table, fils, path),
        tuple(table.email_domains),
        table.ent.name,
        tuple(table.ent.hosts),
        _legal(table),
        digest,
        tuple(sorted(table.rules.items())),
        table.hub or "",
        _figures(table.figures, by_name, path),
        _adhesion(table.ent.adhesion),
        has_archives=table.has_archives,
    )


def _tools(table: NewsroomTable, floor: Audience) -> Fil:
    tool = table.outils
    return Fil(
        "outils",
        tool.title,
        tool.short_title or tool.title,
        tool.description,
        "outil",
        floor,
        tool.colour,
        tool.icon,
        tool.mark,
        tool.approval,
        tuple(tool.approvers),
        tool.contact,
        tool.retention,
    )


def _roles(table: NewsroomTable, fils: Iterable[Fil], path: Path) -> tuple[Role, ...]:
    roles = {name: Role(name, label, "") for name, label in DEFAULT_ROLES.items()}
    roles |= {name: Role(name, r.label, r.email, tuple(r.committers)) for name, r in table.roles.items()}
    unknown = next(((fil.name, role) for fil in fils for role in fil.approvers if role not in roles), None)
    if unknown:
        name, role = unknown
        raise ConfigurationError(
            f"{path} · fil {name} : rôle inconnu « {role} » · ajoutez-le à roles: ou corrigez approuve_par:"
        )
    return tuple(roles.values())


def _figures(table: FiguresTable, audiences: dict[str, Audience], path: Path) -> tuple[tuple[str, str], ...]:
    found = tuple((name, value) for name, value in (("deploiement", table.deployment), ("cln", table.survey)) if value)
    unknown = next((value for _, value in found if value not in audiences), "")
    if unknown:
        message = f"donnees : édition inconnue « {unknown[:40]} » · {suggestion(unknown, list(audiences))}"
        raise ConfigurationError(f"{path} · {message}")
    return found


def _adhesion(table: AdhesionTable | None) -> Adhesion | None:
    return Adhesion(table.link, table.school_cost, table.checked) if table else None


def _folder(address: str) -> str:
    return address if address.endswith("/") else address + "/"


def _token_feeds(table: TokenTable | None) -> TokenFeeds | None:
    return TokenFeeds(table.series, _folder(table.address)) if table and table.is_active else None


def _check_audiences(audiences: tuple[Audience, ...], path: Path) -> None:
    """Refuse two editions at one place: one would be printed over the other; and a token that guards nothing."""
    if audiences[0].token_feeds:
        raise ConfigurationError(
            f"{path} · édition {audiences[0].name} : jeton: inutile, tout le monde la lit · retirez cette clé"
        )
    named = next((a.name for a in audiences if a.name.endswith(SUFFIX)), "")
    if named:
        raise ConfigurationError(
            f"{path} · édition « {named} » : « {SUFFIX} » est réservé aux fils à jeton · choisissez un autre nom"
        )
    addresses = [a.address.lower() for a in audiences]
    addresses += [a.token_feeds.address.lower() for a in audiences if a.token_feeds]
    for what, values in (("nom", [a.name for a in audiences]), ("adresse", addresses)):
        twice = {v for v in values if values.count(v) > 1}
        if twice:
            raise ConfigurationError(
                f"{path} · editions : {what} répété « {twice.pop()} » · donnez à chaque édition le sien"
            )


def _fil(name: str, fil: FilTable, audiences: dict[str, Audience], most_open: Audience, path: Path) -> Fil:
    floor = audiences.get(fil.floor, most_open if not fil.floor else None)
    if floor is None:
        raise ConfigurationError(
            f"{path} · fil {name} : plancher inconnu « {fil.floor} » · choisissez parmi : {', '.join(audiences)}"
        )
    if (
        not re.fullmatch(r"[a-z0-9-]{1,40}", name)
        or name in RESERVED
        or name.startswith(("cycle-", "ecole-"))
        or (name in audiences and name != fil.floor)
    ):
        raise ConfigurationError(
            f"{path} · fil « {name} » : nom réservé ou illisible · choisissez un autre mot en a-z, 0-9 et -"
        )
    return Fil(
        name,
        fil.title,
        fil.short_title or fil.title,
        fil.description,
        fil.kind,
        floor,
        fil.colour,
        fil.icon,
        fil.mark,
        fil.approval,
        tuple(fil.approvers),
        fil.contact,
        fil.retention,
    )


def _legal(table: NewsroomTable) -> LegalNotice:
    notice, data, accessibility = table.notice, table.data, table.accessibility
    return LegalNotice(
        publisher=notice.publisher,
        publisher_address=notice.address,
        publisher_phone=notice.phone,
        publisher_email=notice.email,
        director=notice.director,
        director_function=notice.director_function,
        director_checked=notice.director_checked,
        editor=notice.editor,
        host=notice.host,
        host_address=notice.host_address,
        host_phone=notice.host_phone,
        host_country=notice.host_country,
        licence=notice.licence,
        controller=data.controller,
        controller_type=data.controller_type,
        dpo_email=data.dpo_email,
        purposes=tuple(data.purposes),
        legal_basis=data.legal_basis,
        recipients=data.recipients,
        retention=data.retention,
        accessibility_state=accessibility.state,
        accessibility_date=accessibility.date,
        accessibility_contact=accessibility.contact,
        accessibility_scheme=accessibility.scheme,
    )
