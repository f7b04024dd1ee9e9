"""The national directory of schools, taken into ``ecoles/`` without a word that people wrote there being lost.

Only the columns of ``COLUMNS`` are looked at (rule R33): no postal address, no telephone, no person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gazette.errors import ConfigurationError
from gazette.model.text import slug
from gazette.read.fields import check_uai
from gazette.read.frontmatter import FrontMatter, front_matter, with_line_feeds
from gazette.read.rows import UnreadableRowsError, rows
from gazette.state import write_whole
from gazette.write.header import changed, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gazette.model.newsroom import Newsroom
    from gazette.read.rows import Row, Rows

COLUMNS = (
    *("identifiant_de_l_etablissement", "nom_etablissement", "nom_commune", "type_etablissement", "etat"),
    *("ecole_maternelle", "ecole_elementaire", "nombre_d_eleves", "mail", "latitude", "longitude"),
    "code_circonscription",
)
NEEDED = COLUMNS[:3]
SIZE_LIMIT = 200_000_000
"""Bytes; the whole country's file has about 40 million."""
MANY = 300
"""Schools: more than any circonscription has."""
STATES = {"": "ouverte", "OUVERT": "ouverte", "A FERMER": "ouverte", "FERME": "fermee"}
NURSERY, ELEMENTARY = ("PS", "MS", "GS"), ("CP", "CE1", "CE2", "CM1", "CM2")
UPDATED = {"eleves": "élèves", "etat": "état", "position": "position"}
"""Keys that follow the national directory; the others stay as people wrote them, and are told when they differ."""
KEPT = {"nom": "nom", "commune": "commune", "courriel": "courriel"}
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d+)?")
_COUNT = re.compile(r"(\d{1,4})(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Listed:
    """A school as the national directory has it, by front-matter key."""

    uai: str
    circonscription: str
    facts: Mapping[str, Any]


@dataclass(slots=True)
class Roster:
    """What an import would do, and what it says of it."""

    writes: dict[Path, bytes] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    added: int = 0
    updated: int = 0
    untouched: int = 0


def roster(data: bytes, content: Path, newsroom: Newsroom, code: str = "", *, is_public: bool = False) -> Roster:
    """Return what taking the file in would change; nothing is written.

    ``code`` chooses a circonscription of the file. ``ConfigurationError`` when the file cannot be read, or holds
    several and none was chosen.
    """
    result = Roster()
    table = _table(data)
    listed = _listed(table, newsroom, result)
    chosen = _chosen(listed, code.strip().upper(), table)
    known = _known(content / "ecoles")
    for uai, school in sorted(chosen.items()):
        path = known.get(uai)
        if path is None:
            _add(content, school, result, is_public=is_public)
        else:
            _update(content, path, school, result)
    for uai in sorted(known.keys() - chosen.keys()):
        _absent(content, known[uai], listed.get(uai), result)
    return result


def take_in(done: Roster) -> None:
    """Write what was planned, each file whole."""
    for path, data in done.writes.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)


def _table(data: bytes) -> Rows:
    if len(data) > SIZE_LIMIT:
        raise ConfigurationError(f"fichier de plus de {SIZE_LIMIT // 1_000_000} Mo : exportez votre seul département")
    try:
        return rows(data, COLUMNS, NEEDED)
    except UnreadableRowsError as error:
        raise ConfigurationError(f"annuaire illisible : {error}") from error


def _listed(table: Rows, newsroom: Newsroom, result: Roster) -> dict[str, Listed]:
    """Return the department's schools by code; a row that cannot be trusted is told, and left out."""
    found: dict[str, Listed] = {}
    disputed = set()
    for row in table.rows:
        if not row.cells[NEEDED[0]].upper().startswith(newsroom.department) or not _is_school(row.cells):
            continue
        try:
            school = _school(row, newsroom, result)
        except ValueError as error:
            result.told.append(f"ligne {row.line} · laissée de côté : {error}")
            continue
        if school and found.setdefault(school.uai, school) != school:
            disputed.add(school.uai)
    for uai in sorted(disputed):
        result.told.append(f"{uai} · laissée de côté : deux lignes du fichier se contredisent")
        del found[uai]
    return found


def _is_school(cells: Mapping[str, str]) -> bool:
    """Tell whether a row is a primary school's; without the column, whoever made the file chose."""
    return slug(cells.get("type_etablissement", "ecole")) in {"ecole", ""}


def _school(row: Row, newsroom: Newsroom, result: Roster) -> Listed | None:
    """Return a row's school, None when it is not open yet; ``ValueError`` says in French what cannot be trusted."""
    cells = row.cells
    if row.fault:
        raise ValueError(row.fault)
    try:
        uai = check_uai(cells[NEEDED[0]].upper())
    except ValueError as error:
        raise ValueError("code UAI mal formé, ou dont la lettre de contrôle est fausse") from error
    name, town = cells["nom_etablissement"], cells["nom_commune"]
    if not name or not town or max(len(name), len(town)) > 200:  # noqa: PLR2004  # no name is that long
        raise ValueError(f"{uai}, nom ou commune absents, ou trop longs")
    state = STATES.get(cells.get("etat", "").upper())
    if state is None:
        result.told.append(f"{uai} · laissée de côté : pas encore ouverte, ou dans un état inconnu")
        return None
    facts: dict[str, Any] = {"nom": name, "commune": town, "etat": state}
    facts |= _levels(cells) | _count(cells) | _position(cells)
    email = cells.get("mail", "").lower()
    if email and _is_function(email, uai, newsroom):
        facts["courriel"] = email
    elif email:
        result.told.append(f"{uai} · courriel laissé de côté : ce n’est pas l’adresse de fonction de l’école")
    return Listed(uai, cells.get("code_circonscription", "").upper(), facts)


def _levels(cells: Mapping[str, str]) -> dict[str, Any]:
    levels = [
        level
        for column, names in (("ecole_maternelle", NURSERY), ("ecole_elementaire", ELEMENTARY))
        if cells.get(column) in {"1", "1.0"}
        for level in names
    ]
    return {"niveaux": levels} if levels else {}


def _count(cells: Mapping[str, str]) -> dict[str, Any]:
    found = _COUNT.fullmatch(cells.get("nombre_d_eleves", ""))
    return {"eleves": int(found[1])} if found else {}


def _position(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the school's place to a metre; none where it is not on the Earth, or at its origin."""
    texts = [cells.get(name, "") for name in ("latitude", "longitude")]
    if not all(_DEGREES.fullmatch(text) for text in texts):
        return {}
    latitude, longitude = (float(text) for text in texts)
    if abs(latitude) > 90 or abs(longitude) > 180 or not (latitude or longitude):  # noqa: PLR2004  # degrees
        return {}
    return {"position": {"lat": f"{latitude:.5f}", "lon": f"{longitude:.5f}"}}


def _is_function(email: str, uai: str, newsroom: Newsroom) -> bool:
    """Tell whether an address is the school's own: institutional, and named by its code."""
    return newsroom.is_institutional(email) and uai.lower() in email.partition("@")[0]


def _chosen(listed: Mapping[str, Listed], code: str, table: Rows) -> dict[str, Listed]:
    """Return the schools of the circonscription asked for, or of the only one that the file holds."""
    codes: dict[str, int] = {}
    for school in listed.values():
        codes[school.circonscription] = codes.get(school.circonscription, 0) + 1
    if not listed:
        raise ConfigurationError(f"aucune école du département dans ce fichier ({len(table.rows)} lignes lues)")
    if code and code not in codes:
        raise ConfigurationError(f"--circonscription {code[:20]} : absente du fichier ({_told_codes(codes)})")
    if not code and len(codes) > 1:
        raise ConfigurationError(f"ajoutez --circonscription et l’un de ces codes : {_told_codes(codes)}")
    chosen = {uai: s for uai, s in listed.items() if not code or s.circonscription == code}
    if len(chosen) > MANY:
        raise ConfigurationError(f"{len(chosen)} écoles : gardez dans le fichier celles de la circonscription")
    return chosen


def _told_codes(codes: Mapping[str, int]) -> str:
    named = sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{code[:20] or 'sans code'} ({count} écoles)" for code, count in named[:12])


def _known(folder: Path) -> dict[str, Path]:
    """Return the files of the directory, by code."""
    files = [*folder.glob("*.md"), *folder.glob("*/index.md")]
    return {(p.parent if p.name == "index.md" else p).stem.upper(): p for p in sorted(files) if p.is_file()}


def _absent(content: Path, path: Path, other: Listed | None, result: Roster) -> None:
    """Tell a school that the file does not have, or has elsewhere; the RASED and the team are in no directory."""
    place = path.relative_to(content).as_posix()
    if other is not None:
        code = other.circonscription or "sans code"
        result.told.append(f"{place} · intacte : le fichier la rattache à une autre circonscription ({code})")
        return
    matter = front_matter(with_line_feeds(path.read_bytes().decode("utf-8-sig", "replace")))
    if matter.values.get("niveaux") or matter.values.get("classes"):
        result.told.append(f"{place} · intacte : absente du fichier ; fermée, fusionnée, ou d’un autre code ?")


def _add(content: Path, school: Listed, result: Roster, *, is_public: bool) -> None:
    path = content / "ecoles" / f"{school.uai}.md"
    if path.is_symlink():
        result.told.append(f"ecoles/{school.uai}.md · intacte : c’est un lien symbolique")
        return
    facts = {"uai": school.uai, **school.facts, "statut": "publie" if is_public else "brouillon"}
    head = "".join(f"{key}: {written(value)}\n" for key, value in facts.items())
    result.writes[path] = f"---\n{head}---\n".encode()
    result.added += 1
    state = "publiée" if is_public else "en brouillon : relisez-la, puis écrivez statut: publie"
    result.told.append(f"ecoles/{school.uai}.md · nouvelle école, {state}")


def _update(content: Path, path: Path, school: Listed, result: Roster) -> None:
    """Plan the changes of one school's file; a file that cannot be changed surely is left whole, and told."""
    place = path.relative_to(content).as_posix()
    if path.is_symlink():
        result.told.append(f"{place} · intacte : c’est un lien symbolique")
        return
    data = path.read_bytes()
    matter, changes = FrontMatter(), {}
    try:
        text = data.decode("utf-8")
        matter = front_matter(with_line_feeds(text.removeprefix("\ufeff")))
        changes = _changes(matter.values, school.facts)
    except UnicodeDecodeError:
        text = ""
    if not text or matter.faults:
        result.told.append(f"{place} · intacte : en-tête illisible, voyez ./gazette controler")
        return
    told = [f"{place} · {_difference(key, matter.values.get(key), value)}" for key, value in changes.items()]
    told += [f"{place} · {line}" for line in _kept(matter.values, school.facts)]
    after = _rewritten(text, changes)
    if after is None:
        result.told.append(f"{place} · intacte : à corriger à la main ({', '.join(changes)})")
        return
    result.told += told
    if changes:
        result.writes[path] = after.encode()
        result.updated += 1
    else:
        result.untouched += 1


def _changes(values: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys to write: those that follow the directory and differ, and those that nobody filled."""
    changes = {}
    for key, value in facts.items():
        present = values.get(key)
        if key == "etat" and {str(present), str(value)} <= {"fermee", "fusionnee"}:
            continue  # the directory knows no merger
        if key == "etat" and present in (None, "") and value == "ouverte":
            continue  # the default
        if present in (None, "", [], {}) or (key in UPDATED and not _is_same(present, value)):
            changes[key] = value
    return changes


def _is_same(present: object, value: object) -> bool:
    """Tell whether two values say the same thing; places within ten metres do."""
    if isinstance(present, dict) and isinstance(value, dict):
        try:
            return all(abs(float(str(present[key])) - float(value[key])) < 1e-4 for key in value)  # noqa: PLR2004
        except (KeyError, ValueError):
            return False
    return str(present) == str(value)


def _difference(key: str, before: object, after: object) -> str:
    label = {**UPDATED, **KEPT, "niveaux": "niveaux"}[key]
    return f"{label} : {_said(before)} → {_said(after)}"


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(str(text) for text in value.values())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "rien")


def _kept(values: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterable[str]:
    """Yield what the national directory words otherwise, and people keep."""
    for key, label in KEPT.items():
        present, value = values.get(key), facts.get(key)
        if present and value and slug(str(present)) != slug(value):
            yield f"{label} gardé : « {str(present)[:80]} » (annuaire : « {value} »)"


def _rewritten(text: str, changes: Mapping[str, Any]) -> str | None:
    """Return the file with these values and every other byte as it was; None when that cannot be made sure."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    bare = text.removeprefix(mark)
    if changes and "\n" in bare.replace("\r\n", "") and "\r\n" in bare:
        return None  # line ends of two kinds would become of one
    try:
        return mark + changed(bare, changes)
    except ConfigurationError:
        return None
