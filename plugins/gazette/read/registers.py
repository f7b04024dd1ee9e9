"""``registres/``: authorisations, withdrawals, decisions and the secret key; never printed."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import ConfigDict, Field, ValidationError

from gazette.errors import ConfigurationError
from gazette.model.authorisation import Authorisation
from gazette.model.decision import REGISTER, Decision
from gazette.model.finding import Finding, Place, Severity
from gazette.model.processing import Processing
from gazette.model.register import Register, Withdrawal
from gazette.read.fields import Day, Line, RequiredLine, Words, YesNo
from gazette.read.frontmatter import FrontMatter, load
from gazette.read.history import versions
from gazette.read.schema import Table

if TYPE_CHECKING:
    from pathlib import Path

_KEY = re.compile(r"^cle:\s*[\"']?([0-9a-f]{64})[\"']?\s*$", re.MULTILINE)


class AuthorisationTable(Table):
    """``registres/autorisations/<ID>.yml``, as far as printing needs it."""

    model_config = ConfigDict(extra="ignore")

    start: Day = Field(alias="debut")
    end: Day = Field(alias="fin")
    supports: Words = Field([])
    rights: Words = Field([], alias="types")
    signed: Day | None = Field(None, alias="signee_le")
    place: Line = Field("", alias="lieu")
    dates: Words = Field([])
    purpose: Line = Field("", alias="finalite")
    territory: Line = Field("", alias="territoire")
    is_free: YesNo | None = Field(None, alias="gratuit")
    contact: Line = Field("", alias="contact_retrait")
    projects: Words = Field([], alias="projet")
    pupils: Annotated[int, Field(ge=0)] | None = Field(None, alias="eleves_identifiables")
    forms: Annotated[int, Field(ge=0)] | None = Field(None, alias="accords")
    holders: Annotated[int, Field(ge=0, le=2)] | None = Field(None, alias="titulaires_autorite")
    reason: Line = Field("", alias="motif_un_titulaire")
    pupil_agreed: YesNo | None = Field(None, alias="accord_eleve")
    outlives_year: YesNo = Field(default=False, alias="apres_annee_scolaire")
    id: RequiredLine | Literal[""] = ""


class ProcessingTable(Table):
    """A record of ``registres/traitements.yml``."""

    id: RequiredLine
    purpose: Line = Field("", alias="finalite")
    people: Line = Field("", alias="personnes")
    data: Line = Field("", alias="donnees")
    recipients: Line = Field("", alias="destinataires")
    retention: Line = Field("", alias="conservation")
    transfers: Line = Field("", alias="transferts")
    security: Line = Field("", alias="securite")


class ProcessingsTable(Table):
    """``registres/traitements.yml``."""

    processings: list[ProcessingTable] = Field(alias="traitements")


_Digest = Annotated[Line, Field(pattern=r"^[0-9a-f]{64}$")]


class WithdrawalTable(Table):
    """A record of ``registres/retraits.yml``."""

    id: Annotated[Line, Field(pattern=r"^RET-\d{4}-\d{3,}$")]
    day: Day = Field(alias="jour")
    motive: Literal["autorisation", "demande", "erreur", "fin"] = Field(alias="motif")
    edition: RequiredLine
    entry: Line = Field("", alias="entree")
    authorisation: Line = Field("", alias="autorisation")
    digests: list[_Digest] = Field([], alias="empreintes")
    likenesses: list[Annotated[Line, Field(pattern=r"^[0-9a-f]{16}$")]] = Field([], alias="ressemblances")
    texts: list[_Digest] = Field([], alias="textes")
    sketches: list[Annotated[Line, Field(pattern=r"^[1-9]\d{1,6}-(?:[0-9a-f]{8}){1,32}$")]] = Field(
        [], alias="esquisses"
    )
    previous: _Digest | Literal[""] = Field("", alias="precedent")


class RegisterTable(Table):
    """``registres/retraits.yml``."""

    withdrawals: list[WithdrawalTable] = Field([], alias="retraits")


class DecisionTable(Table):
    """A record of ``registres/decisions.yml``."""

    depeche: Annotated[Line, Field(pattern=r"^[0-9]{7}[A-Z]/[^/]+$")]
    source: RequiredLine
    id: Annotated[str, Field(max_length=1000)] = ""
    digest: Line = Field(alias="empreinte")
    answer: Literal["acceptee", "refusee"] = Field(alias="decision")
    day: Day = Field(alias="jour")
    role: RequiredLine
    reason: Line = Field("", alias="motif")
    edited: _Digest | Literal[""] = Field("", alias="texte")
    before: Annotated[str, Field(pattern=r"^[0-9a-f ]*$")] = Field("", alias="lignes")
    pictures: Words = Field([], alias="images")


class DecisionsTable(Table):
    """``registres/decisions.yml``."""

    decisions: list[DecisionTable]


def secret_key(content: Path) -> bytes:
    """Return the 256 bits of ``registres/cle.yml`` that names of media are made with."""
    path = content / "registres" / "cle.yml"
    try:
        found = _KEY.search(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None
    if found is None:
        remedy = (
            "écrivez-y une ligne « cle: » suivie de 64 chiffres hexadécimaux tirés au hasard (openssl rand -hex 32)"
        )
        raise ConfigurationError(f"{path} : clé absente ou illisible ; {remedy}")
    return bytes.fromhex(found[1])


def authorisations(content: Path) -> tuple[dict[str, Authorisation], list[Finding]]:
    """Return the authorisations by id; an unreadable one authorises nothing, and is told."""
    found: dict[str, Authorisation] = {}
    findings: list[Finding] = []
    for path in sorted((content / "registres" / "autorisations").glob("*.yml")):
        matter = FrontMatter()
        place = Place(f"registres/autorisations/{path.name}")
        try:
            source = path.read_bytes().decode("utf-8-sig")
            load(source, matter)
            table = AuthorisationTable.model_validate(matter.values)
        except (OSError, UnicodeDecodeError, ValidationError):
            table, source = None, ""
        if table is None or matter.faults or table.start > table.end:
            remedy = "reprenez-la depuis le modèle : debut, fin, supports"
            findings.append(
                Finding("LEC-40", Severity.NOTE, place, "autorisation illisible : elle n'autorise rien", remedy)
            )
            continue
        found[path.stem] = _authorisation(path.stem, table, source)
    return found, findings


def _authorisation(name: str, table: AuthorisationTable, source: str) -> Authorisation:
    return Authorisation(
        name,
        table.start,
        table.end,
        tuple(support.removeprefix("site-") for support in table.supports),
        tuple(table.rights),
        table.signed,
        table.place,
        tuple(table.dates),
        table.purpose,
        table.territory,
        table.is_free,
        table.contact,
        tuple(table.projects),
        table.pupils,
        table.forms,
        table.holders,
        table.reason,
        table.pupil_agreed,
        table.outlives_year,
        source,
    )


def processings(content: Path) -> tuple[tuple[Processing, ...], list[Finding]]:
    """Return the register of processings; an unreadable one is empty, and told."""
    path = content / "registres" / "traitements.yml"
    matter = FrontMatter()
    try:
        load(path.read_bytes().decode("utf-8-sig"), matter)
        rows = ProcessingsTable.model_validate(matter.values).processings
    except FileNotFoundError:
        return (), []
    except (OSError, UnicodeDecodeError, ValidationError):
        rows = []
    if matter.faults or not rows:
        remedy = "reprenez-le depuis la démonstration : traitements:, et pour chacun id, finalite, personnes, donnees…"
        place = Place("registres/traitements.yml", matter.faults[0].line if matter.faults else 1)
        return (), [Finding("LEC-41", Severity.NOTE, place, "registre des traitements illisible", remedy)]
    return tuple(_located(rank, Processing(**row.model_dump()), matter) for rank, row in enumerate(rows)), []


def _located(rank: int, processing: Processing, matter: FrontMatter) -> Processing:
    """Return a processing with the line of the first key that it left empty, or its own."""
    here = ("traitements", rank)
    places = [*((*here, word) for word in processing.missing), here]
    return replace(processing, line=next((matter.places[path][0] for path in places if path in matter.places), 1))


WITHDRAWALS = "registres/retraits.yml"


def withdrawals(content: Path) -> Register:
    """Return what was withdrawn; without a register, or with a broken one, ``ConfigurationError``: nothing is printed.

    A folder ``registres/`` that does not exist yet is that of a circonscription which never kept one.
    """
    path = content / WITHDRAWALS
    if not path.parent.exists():
        return Register()
    try:
        data = path.read_bytes()
    except OSError as error:
        remedy = "reprenez-le dans git ; s'il n'y a jamais eu de retrait, écrivez-y la ligne « retraits: [] »"
        raise ConfigurationError(f"{path} : registre des retraits absent · {remedy}") from error
    return _register(data, path)


def forgets_none(content: Path, register: Register) -> None:
    """Raise ``ConfigurationError`` when git knew a record that the register lost: its chain cannot tell a tail cut off.

    A version that never could be read proves nothing, and is passed over.
    """
    path = content / WITHDRAWALS
    for data in versions(content, WITHDRAWALS):
        with contextlib.suppress(ConfigurationError):
            head = _register(data, path).head
            if not register.holds(head):
                break
    else:
        return
    message = "registre des retraits auquel il manque ce que git lui a connu (copie restaurée ? autre branche ?)"
    raise ConfigurationError(f"{path} : {message} · reprenez-en la version la plus longue dans git")


def _register(data: bytes, path: Path) -> Register:
    """Return the register that these bytes hold; ``ConfigurationError`` when they cannot be believed."""
    matter = FrontMatter()
    try:
        load(data.decode("utf-8-sig"), matter)
        table = RegisterTable.model_validate(matter.values)
    except (UnicodeDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{path} : registre des retraits illisible · reprenez-le dans git") from error
    if matter.faults:
        place = f"{path}:{matter.faults[0].line}"
        raise ConfigurationError(f"{place} : registre des retraits illisible · reprenez-le dans git")
    register = Register(tuple(_withdrawal(row) for row in table.withdrawals))
    previous = ""
    for record in register.withdrawals:
        if record.previous != previous:
            message = f"{record.id} ne suit pas le retrait d'avant (precedent:) : l'un d'eux a été changé ou ôté"
            raise ConfigurationError(f"{path} : {message} · reprenez le registre dans git")
        previous = record.digest
    return register


def _withdrawal(row: WithdrawalTable) -> Withdrawal:
    return Withdrawal(
        id=row.id,
        day=row.day,
        motive=row.motive,
        edition=row.edition,
        entry=row.entry,
        authorisation=row.authorisation,
        digests=tuple(row.digests),
        likenesses=tuple(row.likenesses),
        texts=tuple(row.texts),
        sketches=tuple(row.sketches),
        previous=row.previous,
    )


def decisions(content: Path) -> tuple[Decision, ...]:
    """Return what was answered to dépêches; ``ConfigurationError`` when the register is broken, or lost.

    It is lost when dépêches stand that were accepted: nothing else says by whom, nor what was refused.
    """
    path = content / REGISTER
    matter = FrontMatter()
    try:
        load(path.read_bytes().decode("utf-8-sig"), matter)
        rows = DecisionsTable.model_validate(matter.values).decisions
    except FileNotFoundError as error:
        if not any((content / "depeches").glob("[0-9]*/*")):
            return ()
        remedy = "reprenez-le dans git ; s’il n’y en a jamais eu, écrivez-y la ligne « decisions: [] »"
        raise ConfigurationError(f"{path} : registre des décisions absent · {remedy}") from error
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{path} : registre des décisions illisible · reprenez-le dans git") from error
    if matter.faults:
        place = f"{path}:{matter.faults[0].line}"
        raise ConfigurationError(f"{place} : registre des décisions illisible · reprenez-le dans git")
    return tuple(Decision(**row.model_dump() | {"pictures": tuple(row.pictures)}) for row in rows)
