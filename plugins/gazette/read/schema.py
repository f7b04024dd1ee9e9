"""The field tables: which front-matter keys each kind has, and what they may hold.

The aliases are the keys as authors write them, the attributes are the model's; ``explain`` tells errors in French.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, TypeAdapter

from gazette.model.moment import Moment
from gazette.read.text import clean, clean_line

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LEVELS = ("TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "6e")
UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""No I, O, Q: the check letter is the seven digits modulo 23."""
_DAY = re.compile(r"\A(\d{4})-(\d{2})-(\d{2})\Z")
_MOMENT = re.compile(r"\A(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2})[:h](\d{2}))?\Z")
_UAI = re.compile(r"\A(0[0-8][0-9]|09[0-5]|9[78][0-9]|[67]20)[0-9]{4}[A-Z]\Z")
_YEARS = range(2000, 2101)


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    found = _DAY.match(str(value).strip())
    if not found or int(found[1]) not in _YEARS:
        raise ValueError("jour")
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ValueError("jour") from error


def _moment(value: object) -> Moment:
    if isinstance(value, Moment):
        return value
    found = _MOMENT.match(str(value).strip())
    if not found:
        raise ValueError("moment")
    try:
        hour = dt.time(int(found[2]), int(found[3])) if found[2] else None
    except ValueError as error:
        raise ValueError("moment") from error
    return Moment(_day(found[1]), hour)


def _hour(value: object) -> dt.time:
    found = re.match(r"\A(\d{1,2})[:h](\d{2})\Z", str(value).strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004  # hours, minutes
        raise ValueError("heure")
    return dt.time(int(found[1]), int(found[2]))


def _yes_no(value: object) -> object:
    return {"oui": True, "non": False}.get(value, value) if isinstance(value, str) else value


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str | int) and not isinstance(value, bool) else value


def _text_of_number(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def check_uai(value: str) -> str:
    """Return the UAI; ``ValueError`` when its form or its check letter is wrong."""
    if not _UAI.match(value) or UAI_LETTERS[int(value[:7]) % 23] != value[7]:
        raise ValueError("uai")
    return value


def _https(value: str) -> str:
    HTTPS.validate_python(value)
    if not value.startswith(("https://", "http://")):
        raise ValueError("adresse")
    return value


HTTPS: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)
Line = Annotated[str, BeforeValidator(_text_of_number), AfterValidator(clean_line), Field(max_length=300)]
RequiredLine = Annotated[Line, Field(min_length=1)]
Text = Annotated[str, BeforeValidator(_text_of_number), AfterValidator(clean)]
Day = Annotated[dt.date, BeforeValidator(_day)]
When = Annotated[Moment, BeforeValidator(_moment)]
Hour = Annotated[dt.time, BeforeValidator(_hour)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Uai = Annotated[str, AfterValidator(check_uai)]
Level = Literal["TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "6e"]
Url = Annotated[str, AfterValidator(_https)]
Words = Annotated[list[RequiredLine], BeforeValidator(_one_or_many)]
Uais = Annotated[list[Uai], BeforeValidator(_one_or_many)]
Name = Annotated[str, BeforeValidator(_text_of_number), Field(pattern=r"^[a-z0-9-]{1,80}$")]


class Table(BaseModel):
    """A field table: a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False, arbitrary_types_allowed=True)


class ImageTable(Table):
    """``images:``."""

    file: RequiredLine = Field(alias="fichier")
    alt: Line | None = None
    caption: Line = Field("", alias="legende")
    credit: Line = ""
    licence: Line = ""
    people: Literal["aucune", "non_identifiables", "adultes", "eleves"] | None = Field(None, alias="personnes")
    authorisation: Line = Field("", alias="autorisation")
    is_pupil_work: YesNo = Field(default=False, alias="oeuvre_eleve")


class OtherMediumTable(ImageTable):
    """``sons:`` and ``fichiers:``."""

    transcription: Text = ""


class VideoTable(Table):
    """``videos:``."""

    url: Url
    title: RequiredLine = Field(alias="titre")
    duration: Line = Field("", alias="duree")
    has_captions: YesNo = Field(alias="sous_titres")
    transcript: Line = Field("", alias="transcription")
    preview: Line = Field("", alias="apercu")


class RepeatTable(Table):
    """``repete:``."""

    day: Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"] = Field(alias="jour")
    until: Day = Field(alias="jusqu_a")


class EventTable(Table):
    """``evenements:``."""

    title: Line = Field("", alias="titre")
    start: When = Field(alias="debut")
    end: When | None = Field(None, alias="fin")
    place: Line = Field("", alias="lieu")
    schools: Uais = Field([], alias="ecoles")
    state: Literal["prevu", "deplace", "annule"] = Field("prevu", alias="etat")
    id: Name = ""
    repeat: RepeatTable | None = Field(None, alias="repete")


class WindowTable(Table):
    """``fenetres:``."""

    label: RequiredLine = Field(alias="libelle")
    start: When = Field(alias="debut")
    end: When = Field(alias="fin")


class DeadlineTable(Table):
    """``echeances:``."""

    label: RequiredLine = Field(alias="libelle")
    due: When = Field(alias="date")
    hour: Hour | None = Field(None, alias="heure")
    schools: Uais = Field([], alias="ecoles")
    link: Url | Literal[""] = Field("", alias="lien")


class ApprovalTable(Table):
    """``validation:``, written by ``valider``."""

    role: RequiredLine = Field(alias="par")
    day: Day = Field(alias="le")
    digest: Line = Field("", alias="empreinte")


class EntryTable(Table):
    """Keys of every kind."""

    title: RequiredLine = Field(alias="titre", description="Titre, en une ligne.")
    date: When | None = Field(None, description="Jour de parution : AAAA-MM-JJ ou AAAA-MM-JJ HH:MM.")
    status: Literal["brouillon", "relecture", "publie"] = Field("brouillon", alias="statut")
    approval: ApprovalTable | None = Field(None, alias="validation")
    author: RequiredLine = Field("equipe", alias="auteur")
    summary: Line = Field("", alias="resume")
    edition: Line = ""
    levels: Annotated[list[Level], BeforeValidator(_one_or_many)] = Field([], alias="niveaux")
    keywords: Words = Field([], alias="mots_cles")
    schools: Uais = Field([], alias="ecoles")
    tools: Words = Field([], alias="outils")
    also_in: Words = Field([], alias="aussi_dans")
    images: list[ImageTable] = []
    sounds: list[OtherMediumTable] = Field([], alias="sons")
    files: list[OtherMediumTable] = Field([], alias="fichiers")
    videos: list[VideoTable] = []
    events: list[EventTable] = Field([], alias="evenements")
    windows: list[WindowTable] = Field([], alias="fenetres")
    deadlines: list[DeadlineTable] = Field([], alias="echeances")
    planned: Day | None = Field(None, alias="prevu")
    expires: Day | None = Field(None, alias="expire")
    pinned_until: Day | None = Field(None, alias="epingle")
    distribution: Literal["ent"] | None = Field(None, alias="diffusion")
    id: Annotated[Line, Field(max_length=200)] = ""
    former_addresses: Words = Field([], alias="anciennes_adresses")


class DatedTable(EntryTable):
    """Keys of what is dated: every kind but schools and pages."""

    date: When = Field(description="Jour de parution : AAAA-MM-JJ ou AAAA-MM-JJ HH:MM.")
    summary: RequiredLine = Field(alias="resume", description="Ce que dit l'article, 300 caractères au plus.")


class ActualiteTable(DatedTable):
    """Genre ``actualite``."""


class PeriodTable(Table):
    """``periode:``."""

    start: When = Field(alias="debut")
    end: When = Field(alias="fin")


class ProjetTable(DatedTable):
    """Genre ``projet``."""

    period: PeriodTable | None = Field(None, alias="periode")


class InfoDirectionTable(DatedTable):
    """Genre ``info_direction``."""

    note_number: Line = Field("", alias="numero_note")
    reference: Line = ""
    signatory: Line = Field("", alias="signataire")


class OutilTable(DatedTable):
    """Genre ``outil``."""

    tool: RequiredLine = Field(alias="outil")
    publisher: RequiredLine = Field(alias="editeur")
    url: Url
    cycles: Annotated[list[Annotated[int, Field(ge=1, le=4)]], BeforeValidator(_one_or_many), Field(min_length=1)]
    skills: Annotated[list[Annotated[Line, Field(pattern=r"^[1-5]\.[1-4]$")]], BeforeValidator(_one_or_many)] = Field(
        alias="competences_crcn"
    )
    price: Line = Field("", alias="prix")
    is_offline: YesNo | None = Field(None, alias="hors_ligne")
    has_pupil_account: YesNo = Field(alias="compte_eleve")
    data: Line = Field("", alias="donnees")
    hosting: Line = Field("", alias="hebergement")
    gar: Literal["oui", "non", "inconnu"] = "inconnu"
    registry: Literal["oui", "non", "a_demander"] = Field("a_demander", alias="registre")
    checked: Day = Field(alias="verifie_le")
    steps: Annotated[list[RequiredLine], Field(min_length=1)] = Field(alias="etapes")
    number: Annotated[int, Field(ge=1)] | None = Field(None, alias="numero")
    replaces: Line = Field("", alias="remplace")


class EvenementTable(DatedTable):
    """Genre ``evenement``."""

    start: When = Field(alias="debut")
    end: When | None = Field(None, alias="fin")
    place: Line = Field("", alias="lieu")
    state: Literal["prevu", "deplace", "annule"] = Field("prevu", alias="etat")
    lanes: Words = Field([], alias="fils")


class PositionTable(Table):
    """``position:``, decimal degrees."""

    latitude: Line = Field(alias="lat")
    longitude: Line = Field(alias="lon")


class EntTable(Table):
    """``ent:``."""

    solution: RequiredLine
    authorised_by: Line = Field("", alias="autorise_par")
    authorised_on: Day | None = Field(None, alias="autorise_le")


class SourceTable(Table):
    """``sources:``, read by the newsdesk."""

    type: Literal["git", "rss", "ics", "dossier", "gazette"]
    url: RequiredLine
    branch: Line = Field("", alias="branche")
    folder: Line = Field("", alias="dossier")
    fils: Words
    moderation: Literal["a_priori", "a_posteriori"] = "a_priori"


class EcoleTable(EntryTable):
    """Genre ``ecole``; titled by ``nom``."""

    title: RequiredLine = Field(alias="nom")
    uai: Uai
    town: RequiredLine = Field(alias="commune")
    state: Literal["ouverte", "fermee", "fusionnee"] = Field("ouverte", alias="etat")
    classes: Annotated[int, Field(ge=0, le=99)] | None = None
    pupils: Annotated[int, Field(ge=0, le=9999)] | None = Field(None, alias="eleves")
    position: PositionTable | None = None
    email: Annotated[Line, Field(pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")] = Field("", alias="courriel")
    ent: EntTable | None = None
    sources: list[SourceTable] = []
    rpi: Line = ""
    is_fictitious: YesNo = Field(default=False, alias="fictif")


class PageTable(EntryTable):
    """Genre ``page``."""


TABLES: dict[str, type[EntryTable]] = {
    "actualite": ActualiteTable,
    "projet": ProjetTable,
    "info_direction": InfoDirectionTable,
    "outil": OutilTable,
    "evenement": EvenementTable,
    "ecole": EcoleTable,
    "page": PageTable,
}


def keys(table: type[BaseModel]) -> list[str]:
    """Return the keys of a table as authors write them."""
    return [field.alias or name for name, field in table.model_fields.items()]


def suggestion(word: str, words: list[str] | tuple[str, ...]) -> str:
    """Return « vouliez-vous dire « x » ? », or the choices when none is near."""
    near = difflib.get_close_matches(word.lower(), [w.lower() for w in words], 1, 0.6)
    if near:
        found = next(w for w in words if w.lower() == near[0])
        return f"vouliez-vous dire « {found} » ?"
    return f"choisissez parmi : {', '.join(words)}"


def _shown(value: object) -> str:
    """Return the value as a message may quote it: short, on one line."""
    text = clean_line(str(value))
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004  # a line of terminal


def explain(error: ErrorDetails, table: type[BaseModel]) -> tuple[str, str, str]:
    """Return code, message and remedy of a pydantic error, in French."""
    path = [str(part) for part in error["loc"] if not _is_branch(str(part))]
    last = next((part for part in reversed(path) if not part.isdigit()), "")
    key, value, kind = ".".join(path), error.get("input"), error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind == "missing":
        return "LEC-07", f"clé obligatoire absente : {key}", f"ajoutez {last}: dans l'en-tête"
    if kind == "extra_forbidden":
        return "LEC-08", f"clé inconnue « {_shown(path[-1])} »", _known_key(path, table)
    if kind in {"literal_error", "enum"}:
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return "LEC-09", f"{key} : valeur inconnue « {_shown(value)} »", suggestion(str(value), choices)
    if kind == "value_error":
        what = str(context.get("error", ""))
        if what in _VALUE_ERRORS:
            code, message, remedy = _VALUE_ERRORS[what]
            return code, message.format(key=key, value=_shown(value)), remedy.format(key=last, day=_day_meant(value))
    message, remedy = _PLAIN_ERRORS.get(kind, ("{key} : valeur refusée « {value} »", "relisez l'aide de cette clé"))
    return (
        "LEC-09",
        message.format(key=key, value=_shown(value), **context),
        remedy.format(key=last, **context),
    )


def _day_meant(value: object) -> str:
    """Return the day that a French hand meant (``6/10/26``), or one to imitate."""
    found = re.match(r"\s*(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})\b", str(value))
    try:
        day = dt.date(int(f"20{found[3]}"[-4:]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        day = None
    return f"{day or '2026-10-06'}"


def _is_branch(part: str) -> bool:
    """Tell whether a part of an error's place is pydantic's name of a union branch, not a key."""
    return "[" in part or part.startswith(("function-", "literal", "constrained-"))


def _known_key(path: list[str], table: type[BaseModel]) -> str:
    """Return the nearest key known where the path ends."""
    current: type[BaseModel] = table
    for part in path[:-1]:
        field = next((f for n, f in current.model_fields.items() if (f.alias or n) == part), None)
        nested = _table_in(field.annotation) if field else None
        current = nested or current
    return suggestion(path[-1], keys(current))


def _table_in(annotation: object) -> type[BaseModel] | None:
    """Return the field table inside an annotation such as ``list[EventTable]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((t for a in getattr(annotation, "__args__", ()) if (t := _table_in(a))), None)


_VALUE_ERRORS = {
    "jour": ("LEC-02", "date illisible « {value} »", "écrivez {key}: {day}"),
    "moment": ("LEC-02", "date illisible « {value} »", "écrivez {key}: {day}"),
    "heure": ("LEC-02", "heure illisible « {value} »", "écrivez {key}: 14:30"),
    "uai": (
        "LEC-09",
        "{key} : code UAI faux « {value} »",
        "recopiez le code de l'annuaire (sept chiffres et une lettre)",
    ),
    "adresse": ("LEC-09", "{key} : adresse illisible « {value} »", "écrivez l'adresse entière, avec https://"),
}
_PLAIN_ERRORS = {
    "string_type": ("{key} : un texte est attendu", "écrivez {key}: suivi du texte, entre guillemets au besoin"),
    "too_long": ("{key} : texte de plus de {max_length} caractères", "raccourcissez-le"),
    "string_too_long": ("{key} : texte de plus de {max_length} caractères", "raccourcissez-le"),
    "string_too_short": ("{key} : texte vide", "écrivez quelque chose après {key}:"),
    "string_pattern_mismatch": (
        "{key} : forme inattendue « {value} »",
        "regardez un exemple dans le modèle de ce genre",
    ),
    "int_parsing": ("{key} : un nombre entier est attendu, pas « {value} »", "écrivez {key}: 3"),
    "int_type": ("{key} : un nombre entier est attendu", "écrivez {key}: 3"),
    "int_from_float": ("{key} : un nombre entier est attendu, pas « {value} »", "écrivez {key}: 3"),
    "bool_parsing": ("{key} : oui ou non, pas « {value} »", "écrivez {key}: oui, ou {key}: non"),
    "bool_type": ("{key} : oui ou non est attendu", "écrivez {key}: oui, ou {key}: non"),
    "list_type": ("{key} : une liste est attendue", "écrivez un tiret par ligne, ou [a, b]"),
    "too_short": ("{key} : rien n'est écrit", "écrivez quelque chose après {key}:"),
    "model_type": ("{key} : des clés sont attendues ici", "écrivez une clé par ligne, alignées sous {key}:"),
    "model_attributes_type": ("{key} : des clés sont attendues ici", "écrivez une clé par ligne, alignées sous {key}:"),
    "greater_than_equal": ("{key} : nombre trop petit « {value} »", "au moins {ge}"),
    "less_than_equal": ("{key} : nombre trop grand « {value} »", "au plus {le}"),
    "url_scheme": ("{key} : adresse illisible « {value} »", "écrivez l'adresse entière, avec https://"),
    "url_parsing": ("{key} : adresse illisible « {value} »", "écrivez l'adresse entière, avec https://"),
}
