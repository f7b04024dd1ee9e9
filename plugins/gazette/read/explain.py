"""What is wrong with a value, told in French to whoever wrote it, with what to write instead."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from gazette.model.text import clean_line
from gazette.read.days import DAYS, month_of, typed_day

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


_EXAMPLE = "2026-10-06"
_YES = frozenset({"oui", "Oui", "True", "true", "vrai", "1"})
SHORT_LIST = 12
"""Keys that a message may list."""


def keys(table: type[BaseModel]) -> list[str]:
    """Return the keys of a table as authors write them."""
    return [field.alias or name for name, field in table.model_fields.items()]


def suggestion(word: str, words: list[str] | tuple[str, ...]) -> str:
    """Return « vouliez-vous dire « x » ? », or the choices when none is near."""
    near = difflib.get_close_matches(word.lower(), [w.lower() for w in words], 1, 0.6)
    if near:
        found = next(w for w in words if w.lower() == near[0])
        return f"vouliez-vous dire « {found} » ?"
    return f"choisissez parmi : {', '.join(words)}" if words else "ôtez cette valeur"


def _shown(value: object) -> str:
    """Return the value as a message may quote it: short, on one line, as authors write it."""
    text = clean_line(_typed(value))
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004  # a line of terminal


def _typed(value: object) -> str:
    """Return a value of the front matter as it was typed, or nearly."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return f"[{', '.join(map(_typed, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_typed(held)}' for key, held in value.items())}}}"
    return str(value)


def _told(path: list[str]) -> str:
    """Return the place of a value as a person would say it: « evenements n° 1, debut »."""
    words: list[str] = []
    for part in path:
        if part.isdigit() and words:
            words[-1] += f" n° {int(part) + 1}"
        else:
            words.append(part)
    return ", ".join(words)


def explain(error: ErrorDetails, table: type[BaseModel]) -> tuple[str, str, str]:
    """Return code, message and remedy of a pydantic error, in French."""
    path = [str(part) for part in error["loc"] if not _is_branch(str(part))]
    last = next((part for part in reversed(path) if not part.isdigit()), "")
    key, value, kind = _told(path), error.get("input"), error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind == "missing":
        return "LEC-07", f"clé obligatoire absente : {key}", f"ajoutez une ligne {last}:"
    if kind == "extra_forbidden":
        return "LEC-08", f"clé inconnue « {_shown(path[-1])} »", _known_key(path, table)
    if kind in {"literal_error", "enum"}:
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return "LEC-09", f"{key} : valeur inconnue « {_shown(value)} »", suggestion(str(value), choices)
    if kind == "value_error":
        what = str(context.get("error", ""))
        if last == "epingle" and str(value) in _YES:
            return (
                "LEC-02",
                "epingle attend un jour, le dernier en tête",
                f"écrivez epingle: {_EXAMPLE}, ou ôtez la ligne",
            )
        if what in {"jour", "moment"} and (told := _no_such_day(last, value)):
            return told
        if what in _VALUE_ERRORS:
            code, message, remedy = _VALUE_ERRORS[what]
            return code, message.format(key=key, value=_shown(value)), remedy.format(key=last, day=_day_meant(value))
    if kind in _KEYS_MEANT and (told := _untabled(key, path, kind, table)):
        return told
    if kind == "string_pattern_mismatch":
        message = f"{key} : cela ne s'écrit pas ainsi, « {_shown(value)} »"
        return "LEC-09", message, _SHAPES.get(last, "comparez avec un fichier qui est juste")
    message, remedy = _PLAIN_ERRORS.get(kind, ("{key} : valeur refusée « {value} »", "relisez l'aide de cette clé"))
    return (
        "LEC-09",
        message.format(key=key, value=_shown(value), **context),
        remedy.format(key=last, **context),
    )


def _no_such_day(key: str, value: object) -> tuple[str, str, str] | None:
    """Return what to tell of a day that is well written and does not exist, or that has another name in the week."""
    found = typed_day(str(value))
    if found and found.nearest:
        last = found.nearest
        remedy = f"{month_of(last)} a {last.day} jours : écrivez {key}: {last}, ou {last + dt.timedelta(days=1)}"
        return "LEC-02", f"ce jour n'existe pas « {_shown(value)} »", remedy
    if found and found.date and found.weekday not in {None, found.date.weekday()}:
        remedy = f"écrivez {key}: {found.date}, ou corrigez le jour"
        return "LEC-02", f"« {_shown(value)} » est un {DAYS[found.date.weekday()]}", remedy
    return None


def _day_meant(value: object) -> str:
    """Return the day that a French hand meant (``6/10/26``), or one to imitate."""
    typed = [typed_day(words) for words in _beginnings(str(value))]
    return str(next((t.date for t in typed if t and t.is_likely and t.date), _EXAMPLE))


def _beginnings(text: str) -> tuple[str, str]:
    """Return a text, and its first word: a day may be followed by an hour that is none."""
    return text, text.strip().partition(" ")[0]


def _is_branch(part: str) -> bool:
    """Tell whether a part of an error's place is pydantic's name of a union branch, not a key."""
    return "[" in part or part.startswith(("function-", "literal", "constrained-"))


def _known_key(path: list[str], table: type[BaseModel]) -> str:
    """Return the nearest key known where the path ends."""
    current = _reached(path[:-1], table)
    meant = _MEANT.get(path[-1].lower(), "")
    if meant in keys(current):
        return f"vouliez-vous dire « {meant} » ?"
    found = suggestion(path[-1], keys(current))
    if not found.startswith("vouliez") and len(current.model_fields) > SHORT_LIST:
        return "corrigez ce nom, ou retirez la ligne"
    return found


def _reached(path: list[str], table: type[BaseModel]) -> type[BaseModel]:
    """Return the table that a path of keys leads into."""
    current = table
    for part in path:
        field = next((f for n, f in current.model_fields.items() if (f.alias or n) == part), None)
        nested = table_in(field.annotation) if field else None
        current = nested or current
    return current


def _untabled(key: str, path: list[str], kind: str, table: type[BaseModel]) -> tuple[str, str, str] | None:
    """Return what to tell where keys are meant: on one line, under a dash, or alone."""
    inner = _reached(path, table)
    if inner is table:
        return None
    wanted = [field.alias or name for name, field in inner.model_fields.items() if field.is_required()] or keys(inner)
    if kind == "list_type":
        return (
            "LEC-09",
            f"{key} : une liste est attendue",
            f"mettez un tiret devant la première clé : « - {wanted[0]}: … »",
        )
    if path[-1].isdigit():
        return "LEC-09", f"{key} : des clés sont attendues ici", f"écrivez-les après le tiret : « - {wanted[0]}: … »"
    shape = ", ".join(f"{word}: …" for word in wanted)
    return "LEC-09", f"{key} : des clés sont attendues ici", f"écrivez {path[-1]}: {{{shape}}}"


def table_in(annotation: object) -> type[BaseModel] | None:
    """Return the field table inside an annotation such as ``list[EventTable]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((t for a in getattr(annotation, "__args__", ()) if (t := table_in(a))), None)


_MEANT = {
    **dict.fromkeys(("audience", "confidentiel", "lecteurs", "prive", "reserve", "visibilite"), "edition"),
    **dict.fromkeys(("categorie", "categories", "category", "etiquettes", "tags"), "mots_cles"),
    **dict.fromkeys(("accroche", "chapeau", "chapo", "description", "sommaire"), "resume"),
    **dict.fromkeys(("illustration", "photo", "photos"), "images"),
    **dict.fromkeys(("audio", "audios"), "sons"),
    **dict.fromkeys(("document", "documents", "pieces_jointes"), "fichiers"),
}
"""Keys that people bring from elsewhere, and the one here: letters alone would point to another."""
_KEYS_MEANT = frozenset({"list_type", "model_type", "model_attributes_type"})
_SHAPES = {
    "id": "écrivez-le en minuscules, chiffres et tirets, par exemple id: rencontre-des-chorales",
    "competences_crcn": "écrivez un domaine et un rang, par exemple competences_crcn: ['2.2']",
    "couleur": 'écrivez six chiffres ou lettres de a à f, entre guillemets : couleur: "#0b5e7a"',
    "courriel": "écrivez l'adresse entière, par exemple ecole.du-bourg@ac-valbrune.example",
}
"""What to write instead where only some shapes are taken, by key."""
_VALUE_ERRORS = {
    "jour": ("LEC-02", "date illisible « {value} »", "écrivez {key}: {day}"),
    "annee": ("LEC-02", "{key} : année hors de 2000 à 2100 « {value} »", "corrigez l'année, par exemple {key}: {day}"),
    "moment": ("LEC-02", "date illisible « {value} »", "écrivez {key}: {day}"),
    "heure": ("LEC-02", "heure illisible « {value} »", "écrivez {key}: 14:30"),
    "uai": (
        "LEC-09",
        "{key} : code UAI faux « {value} »",
        "recopiez le code de l'annuaire (sept chiffres et une lettre)",
    ),
    "degres": ("LEC-09", "{key} : degrés illisibles « {value} »", "écrivez des degrés décimaux, par exemple 46.65"),
    "adresse": ("LEC-09", "{key} : adresse illisible « {value} »", "écrivez l'adresse entière, avec https://"),
}
_PLAIN_ERRORS = {
    "string_type": ("{key} : un texte est attendu", "écrivez {key}: suivi du texte, entre guillemets au besoin"),
    "too_long": ("{key} : texte de plus de {max_length} caractères", "raccourcissez-le"),
    "string_too_long": ("{key} : texte de plus de {max_length} caractères", "raccourcissez-le"),
    "string_too_short": ("{key} : texte vide", "écrivez quelque chose après {key}:"),
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
