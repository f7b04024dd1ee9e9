"""The field tables: which front-matter keys each kind has, and what they may hold.

The aliases are the keys as authors write them, the attributes are the model's; ``explain.py`` tells errors in French.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from gazette.read.fields import (
    Day,
    Hour,
    Latitude,
    Level,
    Line,
    Longitude,
    Name,
    RequiredLine,
    Text,
    Uai,
    Uais,
    Url,
    When,
    Words,
    YesNo,
    one_or_many,
)


class Table(BaseModel):
    """A field table: a key it does not know is an error."""

    # Built when a text is first validated: a run that opens none of them needs no table.
    model_config = ConfigDict(extra="forbid", populate_by_name=False, arbitrary_types_allowed=True, defer_build=True)


class MediumTable(Table):
    """Keys of every medium."""

    file: RequiredLine = Field(alias="fichier")
    caption: Line = Field("", alias="legende")
    credit: Line = ""
    licence: Line = ""
    people: Literal["aucune", "non_identifiables", "adultes", "eleves"] | None = Field(None, alias="personnes")
    authorisation: Line = Field("", alias="autorisation")
    is_pupil_work: YesNo = Field(default=False, alias="oeuvre_eleve")
    faces_checked: Line = Field("", alias="visages_verifies")
    likeness_checked: Line = Field("", alias="ressemblance_verifiee")


class ImageTable(MediumTable):
    """``images:``."""

    alt: Line | None = None


class SoundTable(MediumTable):
    """``sons:``."""

    transcription: Text = ""
    recorded: Day | None = Field(None, alias="enregistre_le")


class AttachmentTable(MediumTable):
    """``fichiers:``."""


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
    is_off_class: YesNo = Field(default=False, alias="hors_classe", description="Un jour sans classe, et c’est voulu.")


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
    levels: Annotated[list[Level], BeforeValidator(one_or_many)] = Field([], alias="niveaux")
    keywords: Words = Field([], alias="mots_cles")
    schools: Uais = Field([], alias="ecoles")
    tools: Words = Field([], alias="outils")
    also_in: Words = Field([], alias="aussi_dans")
    images: list[ImageTable] = []
    sounds: list[SoundTable] = Field([], alias="sons")
    files: list[AttachmentTable] = Field([], alias="fichiers")
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


class StepTable(Table):
    """One of ``etapes:``; a text alone is a step without a picture."""

    text: RequiredLine = Field(alias="texte")
    image: Line = ""


def _step(value: object) -> object:
    return value if isinstance(value, dict) else {"texte": value}


class OutilTable(DatedTable):
    """Genre ``outil``."""

    tool: RequiredLine = Field(alias="outil")
    publisher: RequiredLine = Field(alias="editeur")
    url: Url
    cycles: Annotated[list[Annotated[int, Field(ge=1, le=4)]], BeforeValidator(one_or_many), Field(min_length=1)]
    skills: Annotated[list[Annotated[Line, Field(pattern=r"^[1-5]\.[1-4]$")]], BeforeValidator(one_or_many)] = Field(
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
    steps: Annotated[list[Annotated[StepTable, BeforeValidator(_step)]], Field(min_length=1)] = Field(alias="etapes")
    number: Annotated[int, Field(ge=1)] | None = Field(None, alias="numero")
    replaces: Line = Field("", alias="remplace")


class EvenementTable(DatedTable):
    """Genre ``evenement``."""

    start: When = Field(alias="debut")
    end: When | None = Field(None, alias="fin")
    place: Line = Field("", alias="lieu")
    state: Literal["prevu", "deplace", "annule"] = Field("prevu", alias="etat")
    lanes: Words = Field([], alias="fils")
    repeat: RepeatTable | None = Field(None, alias="repete")
    is_off_class: YesNo = Field(default=False, alias="hors_classe", description="Un jour sans classe, et c’est voulu.")


class PositionTable(Table):
    """``position:``, decimal degrees."""

    latitude: Latitude = Field(alias="lat")
    longitude: Longitude = Field(alias="lon")


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
    authorised_by: Line = Field("", alias="autorise_par")
    authorised_on: Day | None = Field(None, alias="autorise_le")


class OriginTable(Table):
    """``origine:`` of a dépêche, written by the newsdesk."""

    source: RequiredLine
    commit: Line = ""
    link: Url | Literal[""] = Field("", alias="lien")
    id: Annotated[str, Field(max_length=1000)] = ""
    seen: Day = Field(alias="vu_le")
    digest: Line = Field("", alias="empreinte")


class DepecheTable(Table):
    """What a dépêche has besides the keys of its kind."""

    fil: RequiredLine
    origin: OriginTable = Field(alias="origine")


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


class AwaitedTable(Table):
    """One of ``attendus:``."""

    school: Uai = Field(alias="ecole")
    class_name: Line = Field("", alias="classe")


class CahierTable(DatedTable):
    """Genre ``cahier``."""

    theme: RequiredLine
    opens: Day = Field(alias="ouverture")
    closes: Day = Field(alias="cloture")
    form: Literal["livre", "exposition"] = Field("livre", alias="forme")
    cover: Line = Field("", alias="couverture")
    order: Words = Field([], alias="contributions")
    awaited: list[AwaitedTable] = Field([], alias="attendus")


class ContributionTable(DatedTable):
    """Genre ``contribution``: a page of a book; its school may be told by the name of its folder."""

    school: Uai | Literal[""] = Field("", alias="ecole")
    class_name: Annotated[Line, Field(max_length=60)] = Field("", alias="classe")
    licence: Line = ""
    is_pupil_work: YesNo = Field(default=True, alias="oeuvre_eleve")
    authorisation: Line = Field("", alias="autorisation")


TABLES: dict[str, type[EntryTable]] = {
    "actualite": ActualiteTable,
    "projet": ProjetTable,
    "info_direction": InfoDirectionTable,
    "outil": OutilTable,
    "evenement": EvenementTable,
    "ecole": EcoleTable,
    "page": PageTable,
    "cahier": CahierTable,
    "contribution": ContributionTable,
}
