"""What ``circonscription.yml`` may say: its tables and their keys; an unknown one is an error."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from gazette.read.fields import Day, Line, Name, RequiredLine, Url, Words, YesNo
from gazette.read.identity import IdentityTable, Shade
from gazette.read.schema import Table


def _without_none(value: object) -> object:
    return "" if value is None else value


Optional = Annotated[Line, BeforeValidator(_without_none)]
Mark = Annotated[Line, Field(pattern=r"^[0-9A-Za-zÀ-ÖØ-öø-ÿ]{0,3}$")]
"""One to three letters or figures that stand for a fil where its name is too long."""


class TokenTable(Table):
    """``jeton:`` of an edition."""

    is_active: YesNo = Field(alias="actif")
    series: Annotated[int, Field(ge=1)] = Field(1, alias="serie")
    address: Url = Field(alias="adresse")


class AudienceTable(Table):
    """One of ``editions:``."""

    name: Name = Field(alias="nom")
    title: RequiredLine = Field(alias="titre")
    address: Url = Field(alias="adresse")
    token: TokenTable | None = Field(None, alias="jeton")


class FilTable(Table):
    """One of ``fils:``."""

    title: RequiredLine = Field(alias="titre")
    short_title: Line = Field("", alias="titre_court")
    description: Line = ""
    kind: Literal["actualite", "projet", "info_direction"] = Field(alias="genre")
    floor: Line = Field("", alias="plancher")
    colour: Shade = Field("ardoise", alias="couleur")
    icon: Name = Field("etoile", alias="icone")
    mark: Mark = Field("", alias="sigle")
    approval: Literal["fusion", "empreinte"] = Field("fusion", alias="approbation")
    approvers: Words = Field(["ien"], alias="approuve_par")
    contact: Optional = ""
    retention: Annotated[int, Field(ge=0)] = 0


class ToolFilTable(Table):
    """``outils:``."""

    title: RequiredLine = Field("L’outil numérique de la semaine", alias="titre")
    short_title: Line = Field("L’outil de la semaine", alias="titre_court")
    description: Line = ""
    colour: Shade = Field("sapin", alias="couleur")
    icon: Name = Field("outil", alias="icone")
    mark: Mark = Field("", alias="sigle")
    approval: Literal["fusion", "empreinte"] = Field("fusion", alias="approbation")
    approvers: Words = Field(["ien", "erun"], alias="approuve_par")
    contact: Optional = ""
    retention: Annotated[int, Field(ge=0)] = 0


class RoleTable(Table):
    """One of ``roles:``."""

    label: RequiredLine = Field(alias="libelle")
    email: Optional = Field("", alias="courriel")
    committers: Words = Field([], alias="commits")


class AdhesionTable(Table):
    """``adhesion:`` of the ENT."""

    link: Url = Field(alias="lien")
    school_cost: Optional = Field("", alias="cout_ecole_ht")
    checked: Day | None = Field(None, alias="verifie_le")


class FiguresTable(Table):
    """``donnees:``, who reads each file of figures."""

    deployment: Line = Field("", alias="deploiement")
    survey: Line = Field("", alias="cln")


class EntTable(Table):
    """``ent:``."""

    name: Optional = Field("l’ENT", alias="nom")
    hosts: Words = Field([], alias="hotes")
    adhesion: AdhesionTable | None = None


class NoticeTable(Table):
    """``mentions:``."""

    publisher: Optional = Field("", alias="editeur")
    address: Optional = Field("", alias="adresse")
    phone: Optional = Field("", alias="telephone")
    email: Optional = Field("", alias="courriel")
    director: Optional = Field("", alias="directeur_publication")
    director_function: Optional = Field("", alias="fonction_directeur")
    director_checked: Day | None = Field(None, alias="directeur_verifie_le")
    editor: Optional = Field("", alias="responsable_redaction")
    host: Optional = Field("", alias="hebergeur")
    host_address: Optional = Field("", alias="hebergeur_adresse")
    host_phone: Optional = Field("", alias="hebergeur_telephone")
    host_country: Optional = Field("", alias="hebergeur_pays")
    licence: Optional = "etalab-2.0"


class DataTable(Table):
    """``donnees_personnelles:``."""

    controller: Optional = Field("", alias="responsable")
    controller_type: Literal["DASEN", "recteur", "ministre", ""] = Field("", alias="type_responsable")
    dpo_email: Optional = Field("", alias="dpd")
    legal_basis: Literal["mission_interet_public", ""] = Field("", alias="base_legale")
    purposes: Words = Field([], alias="finalites")
    recipients: Optional = Field("", alias="destinataires")
    retention: Optional = Field("", alias="conservation")


class AccessibilityTable(Table):
    """``accessibilite:``."""

    state: Literal["non", "partiellement", "totalement"] = Field("non", alias="etat")
    date: Day | None = Field(None, alias="etablie_le")
    contact: Optional = ""
    scheme: Optional = Field("", alias="schema_pluriannuel")


class NewsroomTable(Table):
    """The whole file."""

    identifier: Name = Field(alias="identifiant")
    name: RequiredLine = Field(alias="nom")
    title: RequiredLine = Field(alias="titre")
    motto: Line = Field("", alias="devise")
    department: Annotated[Line, Field(pattern=r"^[0-9AB]{3}$")] = Field(alias="departement")
    academy: Line = Field("", alias="academie")
    zone: Literal["A", "B", "C"]
    identity: IdentityTable = Field(IdentityTable(), alias="identite")
    editions: Annotated[list[AudienceTable], Field(min_length=1)]
    fils: dict[str, FilTable]
    outils: ToolFilTable = ToolFilTable()
    roles: dict[str, RoleTable] = Field({})
    email_domains: Words = Field([], alias="domaines_courriel")
    ent: EntTable = EntTable()
    hub: Url | None = Field(None, alias="websub")
    has_archives: YesNo = Field(default=False, alias="archives")
    notice: NoticeTable = Field(NoticeTable(), alias="mentions")
    data: DataTable = Field(DataTable(), alias="donnees_personnelles")
    accessibility: AccessibilityTable = Field(AccessibilityTable(), alias="accessibilite")
    rules: dict[str, Literal["note", "refus", "arret"]] = Field({}, alias="regles")
    figures: FiguresTable = Field(FiguresTable(), alias="donnees")
