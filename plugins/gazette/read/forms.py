"""The field tables as forms: what each key may hold and what it is for, for editors that offer and check it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from gazette.model.text import clean
from gazette.read.explain import table_in
from gazette.read.fields import check_https, check_uai, one_or_many, read_day, read_hour, read_moment, yes_no
from gazette.read.schema import TABLES

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_KINDS: dict[Any, str] = {
    read_day: "day",
    read_moment: "moment",
    read_hour: "hour",
    yes_no: "yes_no",
    check_uai: "uai",
    check_https: "address",
    clean: "text",
}
"""What a value's reader says that it is."""


@dataclass(frozen=True, slots=True)
class Form:
    """What one key may hold."""

    key: str
    kind: str
    """day, moment, hour, yes_no, uai, address, text, choice, number, table or line."""
    help: str
    """One sentence in French."""
    is_required: bool = False
    is_list: bool = False
    choices: tuple[str, ...] = ()
    inner: tuple[Form, ...] = ()
    """Keys of a table."""
    table: type[BaseModel] | None = None
    pattern: str = ""
    low: int | None = None
    high: int | None = None
    longest: int | None = None


@cache
def forms(table: type[BaseModel]) -> tuple[Form, ...]:
    """Return the form of each key of a table, in its order."""
    return tuple(_form(field.alias or name, field) for name, field in table.model_fields.items())


def kinds() -> dict[str, tuple[Form, ...]]:
    """Return the forms of every kind of entry."""
    return {kind: forms(table) for kind, table in TABLES.items()}


def _form(key: str, field: FieldInfo) -> Form:
    """Return the form of one field, by its annotation."""
    parts = [*_parts(field.annotation), *field.metadata]
    readers = [part.func for part in parts if hasattr(part, "func")]
    choices = tuple(str(w) for p in parts if get_origin(p) is Literal for w in get_args(p) if w)
    table = table_in(field.annotation)
    is_list = any(get_origin(part) is list for part in parts) or one_or_many in readers
    kind = next((_KINDS[reader] for reader in readers if reader in _KINDS), "line")
    if table or choices:
        kind = "table" if table else "choice"
    elif kind == "line" and int in parts:
        kind = "number"
    form = Form(key, kind, field.description or HELP[key], field.is_required(), is_list, choices)
    inner = forms(table) if table else ()
    limits = {name: _limit(parts, name) for name in ("ge", "le", "max_length", "pattern")}
    return replace(
        form,
        inner=inner,
        table=table,
        pattern=limits["pattern"] or "",
        low=limits["ge"],
        high=limits["le"],
        longest=limits["max_length"],
    )


def _limit(parts: list[Any], name: str) -> Any:  # noqa: ANN401  # a number, or a pattern
    """Return a constraint that pydantic keeps among its metadata, directly or within a ``Field``."""
    nested = [one for part in parts for one in (part, *getattr(part, "metadata", ()))]
    return next((value for one in nested if (value := getattr(one, name, None)) is not None), None)


def _parts(annotation: object) -> list[Any]:
    """Return every type and validator inside an annotation such as ``Annotated[date, …] | None``."""
    return [annotation, *(part for argument in get_args(annotation) for part in _parts(argument))]


HELP = {
    "alt": 'Ce que montre l’image, pour qui ne la voit pas ; "" si elle n’est qu’un décor.',
    "anciennes_adresses": "Adresses d’autrefois, qui mènent ici. Écrites par « renommer ».",
    "apercu": "Image de la vidéo, à côté du fichier.",
    "attendus": "Qui a promis une page : l’équipe voit qui a donné et qui est attendu.",
    "aussi_dans": "Autres fils où l’article est montré.",
    "auteur": "Une fonction ou le code d’une école, jamais une personne.",
    "autorisation": "Numéro de l’autorisation, dans registres/autorisations/.",
    "autorise_le": "Jour de l’autorisation de l’IEN.",
    "autorise_par": "Rôle qui l’a autorisé : ien.",
    "branche": "Branche du dépôt ; par défaut la principale.",
    "classe": "Classe qui donne la page, par exemple CM2.",
    "classes": "Nombre de classes.",
    "cloture": "Dernier jour pour donner une page : AAAA-MM-JJ.",
    "commune": "Commune de l’école.",
    "competences_crcn": "Compétences du CRCN, par exemple 2.2.",
    "contributions": "Dossiers des contributions, dans l’ordre du livre.",
    "compte_eleve": "L’élève doit-il avoir un compte ?",
    "courriel": "Adresse de fonction de l’école.",
    "couverture": "Nom de l’image de couverture, déclarée aussi dans images.",
    "credit": "Qui l’a fait : une classe, une école, jamais un nom d’élève.",
    "cycles": "Cycles concernés, de 1 à 4.",
    "date": "Jour : AAAA-MM-JJ.",
    "debut": "Début : AAAA-MM-JJ, avec une heure au besoin : AAAA-MM-JJ 14:00.",
    "diffusion": "ent : ne paraissent que le titre et « à lire dans l’ENT ».",
    "donnees": "Données que l’outil recueille.",
    "dossier": "Dossier du dépôt à relever.",
    "duree": "Durée, par exemple 3 min 20.",
    "echeances": "Ce que les directeurs ont à faire, et pour quand.",
    "ecole": "Code UAI de l’école qui donne.",
    "ecoles": "Codes UAI des écoles concernées.",
    "editeur": "Qui fait l’outil.",
    "edition": "Qui peut lire. Sans cette ligne : ce que dit le fil.",
    "eleves": "Nombre d’élèves.",
    "empreinte": "Écrite par « valider ».",
    "enregistre_le": "Jour de l’enregistrement : l’accord vient avant.",
    "ent": "L’ENT de l’école.",
    "epingle": "En tête de la page d’accueil jusqu’à ce jour.",
    "etapes": "Les étapes, une par ligne.",
    "etat": "Ce qu’il en est : on n’efface pas un événement, on le dit déplacé ou annulé.",
    "evenements": "Ce que la frise et les agendas montrent.",
    "expire": "Dernier jour en ligne.",
    "fenetres": "Périodes montrées sur la frise.",
    "fichier": "Nom du fichier, à côté du texte.",
    "fichiers": "Documents joints.",
    "fictif": "École inventée.",
    "fil": "Fil de la dépêche.",
    "fils": "Lignes de la frise, ou fils, concernés.",
    "fin": "Fin : AAAA-MM-JJ, avec une heure au besoin.",
    "forme": "livre, ou exposition : un mur d’images.",
    "gar": "L’outil est-il accessible par le GAR ?",
    "hebergement": "Où sont les données.",
    "heure": "Heure limite : 14:30.",
    "hors_ligne": "L’outil marche-t-il sans réseau ?",
    "id": "Identité qui ne change plus, même si tout le reste change.",
    "image": "Image de l’étape, déclarée aussi dans images.",
    "images": "Images de l’article : chacune dit ce qu’elle montre et qui y paraît.",
    "jour": "Jour de la semaine.",
    "jusqu_a": "Dernier jour de la répétition.",
    "lat": "Latitude, en degrés décimaux.",
    "le": "Jour de l’accord.",
    "legende": "Légende.",
    "libelle": "En quelques mots.",
    "licence": "Licence, si ce n’est pas celle du site.",
    "lien": "Adresse où répondre, avec https://.",
    "lieu": "Lieu.",
    "lon": "Longitude, en degrés décimaux.",
    "moderation": "a_priori : rien ne paraît sans accord.",
    "mots_cles": "Mots-clés.",
    "niveaux": "Niveaux concernés ; sans cette ligne : tous.",
    "nom": "Nom de l’école.",
    "numero": "Numéro dans la série.",
    "numero_note": "Numéro de la note de service : NS n° 3.",
    "oeuvre_eleve": "Est-ce l’œuvre d’un élève ?",
    "origine": "D’où vient la dépêche.",
    "outil": "Nom de l’outil.",
    "outils": "Outils utilisés.",
    "ouverture": "Premier jour pour donner une page : AAAA-MM-JJ.",
    "par": "Rôle qui approuve.",
    "periode": "Début et fin du projet.",
    "personnes": "Qui y paraît : aucune, non_identifiables, adultes ou eleves.",
    "position": "Où est l’école.",
    "prevu": "Jour où ce brouillon est prévu.",
    "prix": "Prix.",
    "reference": "Référence.",
    "registre": "L’outil est-il au registre des traitements ?",
    "remplace": "Outil que celui-ci remplace.",
    "repete": "Chaque semaine de classe, jusqu’à un jour.",
    "ressemblance_verifiee": "Écrite par Gazette.",
    "resume": "Ce que dit l’article, 300 caractères au plus.",
    "rpi": "Regroupement pédagogique.",
    "signataire": "Fonction qui signe.",
    "solution": "Nom de l’ENT.",
    "sons": "Enregistrements : chacun dit ce qu’on y entend et qui parle.",
    "sources": "Ce que l’école publie, et qui est relevé.",
    "sous_titres": "La vidéo a-t-elle des sous-titres ?",
    "statut": "Seul « publie » paraît.",
    "texte": "Ce qu’il faut faire.",
    "theme": "Thème du livre, en quelques mots.",
    "titre": "Titre, en une ligne.",
    "transcription": "Ce qu’on entend, mot à mot.",
    "type": "Genre de source.",
    "uai": "Code UAI : sept chiffres et une lettre.",
    "url": "Adresse, avec https://.",
    "validation": "Écrite par « valider ».",
    "verifie_le": "Jour où ces renseignements ont été vérifiés.",
    "videos": "Vidéos : un lien et une image, jamais un lecteur.",
    "visages_verifies": "Écrite après avoir regardé l’image.",
    "vu_le": "Jour de la relève.",
    "commit": "Commit de la source.",
    "source": "Adresse de la source.",
}
"""What each key is for; a field's own description says more where there is one."""
