"""No nominative file or table: columns that name pupils, file names that say so (rule R36; CNIL, minimisation)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.celebrities import CELEBRITIES
from gazette.rgpd.datum import Datum
from gazette.rgpd.first_names import WORDS_TOO, is_first_name
from gazette.rgpd.namesakes import NAMED_AFTER
from gazette.rgpd.passage import ENDING
from gazette.rgpd.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_OF = r"(?: ?(?:de |d.|du )?(?:l.)?(?:eleve|enfant|famille|usage|naissance|jeune))?(?: ?\d)?"
_LAST = re.compile(rf"(?:nom(?:s)?{_OF}|last ?name|surname)")
_FIRST = re.compile(rf"(?:prenom(?:s)?(?:\(s\))?{_OF}|first ?name|given ?name)")
_BOTH = re.compile(
    rf"(?:nom(?:s)?(?: ?et ?| ?/ ?| ?& ?|, ?| )prenom(?:s)?{_OF}|prenom(?:s)?(?: ?et ?| ?/ ?| )nom(?:s)?{_OF})"
)
_PUPIL = re.compile(r"(?:eleves?|enfants?|nom de l.eleve|nom de l.enfant|identite)")
_BIRTH = re.compile(r"(?:nee?(?:\(e\))?s? le|date (?:de )?naissance|d\.?d\.?n\.?|birth ?date|naissance)")
_FAMILY = re.compile(
    r"(?:(?:responsables?|representants?) legaux?|(?:responsable|representant)s? legal(?: \d)?|ine|allergies?|"
    r"(?:adresse|telephone|tel|portable|courriel|mail)s?(?: (?:des parents|famille|de la "
    r"famille|parents))?|pai|pere|mere|parents?)"
)
_SPLIT = re.compile(r"[;,|\t]")
_FILE = re.compile(
    r"(?<![\w.()'’-])[\w.()'’-]{1,120}\.(?:pdf|docx?|odt|ods|xlsx?|csv|md|txt|zip|jpe?g|png|pptx?|odp|html?)\b"
)
_FILE_WORDS = re.compile(
    r"liste\w*[_ \-.]*(?:des[_ \-.])?(?:d?[_ \-.]?)eleves?|liste\w*[_ \-]*(?:classe|nominati)|signalement|trombi|"
    r"nominati|(?:nom.{0,3}prenom|prenom.{0,3}nom)|\bddn\b|_ddn|information.?preoccupante|certificat.?medical|"
    r"(?:fiche|bulletin|livret).{0,3}eleve"
)
_BLANK = re.compile(r"modele|vierge|procedure|formulaire|notice|exemple|guide|protocole|affiche")
_MAY_BE = re.compile(r"nom|name|eleve|enfant|identite")
_LONGEST = 400
_KEY = re.compile(r"(?:tps|ps|ms|gs|cp|ce[12]|cm[12])(?: [a-z])?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d\d-\d\d")
_KEYED = re.compile(rf"(?:\A|[;,|\t])\W*(?:{_KEY.pattern})\W*(?:\Z|[;,|\t])")
_NAME = re.compile(r"[a-z'’-]+(?: [a-z'’-]+)+")
_WORDS_IN_HEADER = 6
REMEDY = "retirez ce fichier ou ce tableau ; un formulaire vierge peut paraître"


def nominative(passage: Passage) -> Iterator[Datum]:
    """Find header rows that name pupils, and names of files that announce a list of pupils or a report."""
    start = 0
    for line in passage.plain.split("\n"):
        if len(line) < _LONGEST and _SPLIT.search(line) and _MAY_BE.search(line) and _is_header(line):
            yield Datum("R36", start, start + len(line), "en-têtes d'un fichier nominatif d'élèves", REMEDY)
        elif len(line) < _LONGEST and _KEYED.search(line) and _is_row(passage, line, start):
            yield Datum("R36", start, start + len(line), "ligne d'un tableau nominatif d'élèves", REMEDY)
        start += len(line) + 1
    for found in (found for bounds in passage.lines_of(ENDING) for found in _FILE.finditer(passage.plain, *bounds)):
        name = found[0].strip()
        if _FILE_WORDS.search(name) and not _BLANK.search(name):
            yield Datum("R36", *found.span(), "nom de fichier qui annonce une liste d'élèves ou un signalement", REMEDY)


def _is_header(line: str) -> bool:
    """Tell whether a line is the header of a nominative table."""
    cells = [
        re.sub(r"^[\W_]*(?:colonnes? |tableau |champs )?|[\W_]+$", "", cell)
        for cell in _SPLIT.split(_tail(line.replace("_", " ")))
    ]
    cells = [cell for cell in cells if cell]
    if not len(cells) > 1 or any(len(cell.split()) > _WORDS_IN_HEADER for cell in cells):
        return False
    kinds = {
        kind
        for cell in cells
        for kind, pattern in (
            ("last", _LAST),
            ("first", _FIRST),
            ("both", _BOTH),
            ("pupil", _PUPIL),
            ("birth", _BIRTH),
            ("family", _FAMILY),
        )
        if pattern.fullmatch(cell)
    }
    is_named = {"last", "first"} <= kinds or "both" in kinds
    is_born = bool(kinds & {"last", "first", "pupil"}) and "birth" in kinds
    return is_named or is_born or (bool(kinds & {"first", "pupil"}) and "family" in kinds)


def _is_row(passage: Passage, line: str, start: int) -> bool:
    """Tell whether a line is a row about somebody: a cell with a name in full beside a level or a date.

    Whom the head of the column tells in a function is an adult: « Auteur ».
    """
    cells = [cell.strip(" \"'\\") for cell in _SPLIT.split(line)]
    if not any(_KEY.fullmatch(cell) for cell in cells):
        return False
    named = [
        cell.split()
        for cell in cells
        if _NAME.fullmatch(cell) and not ROLES.search(passage.head_of(start + line.find(cell)))
    ]
    return any(
        1 < len(words) <= 4 and any(is_first_name(w) and w not in WORDS_TOO for w in words)  # noqa: PLR2004
        for words in named
        if " ".join(words) not in CELEBRITIES and not NAMED_AFTER & set(words)
    )


def _tail(line: str) -> str:
    """Return what follows a caption such as « Tableur ouvert : colonnes »."""
    head, colon, tail = line.partition(" : ")
    return tail if colon and not _SPLIT.search(head) else line
