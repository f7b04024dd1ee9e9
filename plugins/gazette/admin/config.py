"""Sveltia's configuration, out of the model and of what the circonscription says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gazette.read.forms import Form, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from gazette.model.newsroom import Newsroom

UAI = r"^(0[0-8][0-9]|09[0-5]|9[78][0-9]|[67]20)[0-9]{4}[A-Z]$"
BODY = "Texte"
"""Label of what stands under the front matter."""
IN_WORDS = r"(1er|\d{1,2}) [a-zéûA-ZÉÛ]{3,9} \d{4}"
"""« 3 mars 2027 »: reading takes it, and says so when it cannot."""
PATTERNS = {
    "moment": (
        rf"^(\d{{4}}-\d{{2}}-\d{{2}}|{IN_WORDS})(,? (à )?\d{{1,2}}[:h]\d{{2}})?$",
        "Écrivez 2027-03-03 ou 3 mars 2027, et l’heure s’il le faut : 3 mars 2027 14:30.",
    ),
    "hour": (r"^\d{1,2}[:h]\d{2}$", "Écrivez 14:30."),
    "uai": (UAI, "Sept chiffres et une lettre."),
    "address": (r"^https?://.+", "Écrivez l’adresse entière, avec https://."),
}
"""What a browser may check as one types, and how it says so."""
WRITTEN_BY_COMMANDS = frozenset({"validation", "anciennes_adresses", "visages_verifies", "ressemblance_verifiee"})
FOLDERS = {"evenements": ("evenement", "Événements"), "pages": ("page", "Pages")}
LABELS = {
    "alt": "Texte alternatif",
    "aussi_dans": "Aussi dans",
    "autorisation": "Autorisation",
    "competences_crcn": "Compétences du CRCN",
    "compte_eleve": "Compte d’élève",
    "credit": "Crédit",
    "debut": "Début",
    "duree": "Durée",
    "echeances": "Échéances",
    "ecoles": "Écoles",
    "editeur": "Éditeur",
    "edition": "Édition",
    "enregistre_le": "Enregistré le",
    "epingle": "Épinglé jusqu’au",
    "etapes": "Étapes",
    "etat": "État",
    "evenements": "Événements",
    "expire": "Expire le",
    "fenetres": "Fenêtres",
    "gar": "GAR",
    "hebergement": "Hébergement",
    "hors_classe": "Hors classe",
    "hors_ligne": "Hors ligne",
    "id": "Identité",
    "jusqu_a": "Jusqu’au",
    "legende": "Légende",
    "libelle": "Libellé",
    "mots_cles": "Mots-clés",
    "numero": "Numéro",
    "numero_note": "Numéro de la note",
    "oeuvre_eleve": "Œuvre d’élève",
    "periode": "Période",
    "prevu": "Prévu le",
    "reference": "Référence",
    "repete": "Se répète",
    "resume": "Résumé",
    "sous_titres": "Sous-titres",
    "url": "Adresse",
    "verifie_le": "Vérifié le",
    "videos": "Vidéos",
}
"""Keys as a reader of French would write them; the others are their own label, with a capital."""
WORDS = {
    "a_demander": "à demander",
    "annule": "annulé",
    "aucune": "personne",
    "deplace": "déplacé",
    "eleves": "élèves",
    "non_identifiables": "non reconnaissables",
    "prevu": "prévu",
    "publie": "publié",
    "relecture": "à relire",
}
"""Values as a reader of French would write them; the others are themselves, with spaces."""


def configuration(newsroom: Newsroom, root: str, backend: Mapping[str, Any], today: date | None) -> dict[str, Any]:
    """Return Sveltia's configuration; ``root`` is the content folder in the repository, ``today`` a draft's day."""
    return {
        "backend": dict(backend),
        "app_title": newsroom.title,
        "site_url": newsroom.audiences[0].address,
        "media_folder": f"{root}/medias",
        "public_folder": "",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none"}},
        "editor": {"preview": False},
        "collections": [
            c for folder, kind, title in _folders(newsroom) for c in _pair(folder, kind, title, root, newsroom, today)
        ],
    }


def _folders(newsroom: Newsroom) -> Iterator[tuple[str, str, str]]:
    yield from ((fil.name, fil.kind, fil.short_title) for fil in newsroom.fils)
    yield from ((folder, kind, title) for folder, (kind, title) in FOLDERS.items())


def _pair(
    folder: str, kind: str, title: str, root: str, newsroom: Newsroom, today: date | None
) -> Iterator[dict[str, Any]]:
    """Yield two collections of a folder: entries with their media beside them, and those that are one file."""
    name = "{{slug}}" if kind == "page" else "{{year}}-{{month}}-{{day}}-{{slug}}"
    rows = [row for row in kinds()[kind] if row.key not in WRITTEN_BY_COMMANDS]
    rows.sort(key=lambda row: (not row.is_required, row.key not in {"statut", "auteur", "images"}))
    fields = [_field(row, newsroom, today) for row in rows]
    modes = ["rich_text", "raw"]
    text = {"name": "body", "label": BODY, "widget": "richtext", "required": False, "modes": modes}
    fields.insert(sum(row.is_required for row in rows), text)
    common: dict[str, Any] = {
        "folder": f"{root}/{folder}",
        "identifier_field": "titre",
        "summary": "{{titre}} — {{date}}" if kind != "page" else "{{titre}}",
        "slug": name,
        "fields": fields,
        "media_folder": "",
        "public_folder": "",
        "delete": False,  # what was on line is taken off by ``./gazette retirer``, which leaves nothing behind
    }
    if kind != "page":
        order = {"field": "date", "direction": "descending"}
        common["sortable_fields"] = {"fields": ["titre", "date"], "default": order}
    yield {"name": folder, "label": title, "label_singular": "texte", "create": True, "path": "{{slug}}/index"} | common
    yield {
        "name": f"{folder}-simples",
        "label": f"{title} (d’un seul fichier)",
        "label_singular": "texte",
        "create": False,  # what has no folder of its own can be given no picture
    } | common


def label(key: str) -> str:
    """Return a key as a reader of French would write it."""
    return BODY if key == "body" else LABELS.get(key, key.replace("_", " ").capitalize())


def _field(row: Form, newsroom: Newsroom, today: date | None, within: str = "") -> dict[str, Any]:
    """Return the widget of one key."""
    field: dict[str, Any] = {"name": row.key, "label": label(row.key)}
    field |= {"required": row.is_required, "hint": _hint(row)}
    own = _known(row, newsroom)
    if row.kind == "table":
        parts = [part for part in row.inner if part.key not in WRITTEN_BY_COMMANDS]
        parts.sort(key=lambda part: part.key not in {"fichier", "alt", "transcription", "personnes"})
        inner = [_field(part, newsroom, None, row.key) for part in parts]
        return field | {"widget": "list" if row.is_list else "object", "collapsed": True, "fields": inner}
    if own:
        return field | {"widget": "select", "options": own, "multiple": row.is_list} | _start(row)
    if row.is_list:
        return field | {"widget": "list"}
    if row.key == "fichier":
        return field | {"widget": "image" if within == "images" else "file", "choose_url": False}
    shape: dict[str, dict[str, Any]] = {
        "day": {"widget": "datetime", "format": "YYYY-MM-DD", "type": "date", "picker_utc": False}
    }
    shape |= {"number": {"widget": "number", "value_type": "int"}, "text": {"widget": "text"}}
    found = shape.get(row.kind, {"widget": "text" if row.key == "resume" else "string"})
    if row.kind == "moment" and row.key == "date" and today:
        found = found | {"default": f"{today}"}
    pattern = PATTERNS.get(row.kind) or ((row.pattern, row.help) if row.pattern else None)
    limits = {"maxlength": row.longest} if row.longest and found["widget"] in {"string", "text"} else {}
    return field | found | limits | ({"pattern": list(pattern)} if pattern and found["widget"] == "string" else {})


def _hint(row: Form) -> str:
    """Return the help of a key, without the values that the form shows by their labels."""
    told, _, after = row.help.partition(" : ")
    words = f"{told}." if any(word in after for word in row.choices) else row.help
    return re.sub("« (\\w+) »", lambda found: f"« {WORDS.get(found[1], found[1])} »", words)


def _known(row: Form, newsroom: Newsroom) -> list[dict[str, str]]:
    """Return the choices of a key: the model's, or the circonscription's own."""
    ours = {
        "auteur": [(r.label, r.name) for r in newsroom.roles],
        "edition": [(a.title, a.name) for a in newsroom.audiences],
        "aussi_dans": [(f.title, f.name) for f in newsroom.fils],
        "fils": [(f.title, f.name) for f in newsroom.fils],
    }
    words = row.choices or (("oui", "non") if row.kind == "yes_no" else ())
    said = [(WORDS.get(word) or word.replace("_", " "), word) for word in words]
    return [{"label": label, "value": value} for label, value in ours.get(row.key, said)]


def _start(row: Form) -> dict[str, Any]:
    """Return what a new entry says unless its author says otherwise."""
    start = {"statut": "brouillon", "auteur": "equipe"}
    return {"default": start[row.key], "required": True} if row.key in start else {}
