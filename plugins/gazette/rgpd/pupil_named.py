"""No pupil is named in full, be it in a text or in the name of a file (rule R20; CNIL, pseudonyms)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.celebrities import that_begin
from gazette.rgpd.datum import Datum, initials
from gazette.rgpd.disguise import disguised, is_glued
from gazette.rgpd.first_names import WORDS_TOO, folded, is_first_name
from gazette.rgpd.namesakes import NAMED_AFTER
from gazette.rgpd.passage import ENDING, names_of
from gazette.rgpd.surnames import BESIDE, FILE_PARTICLES, NOT_SURNAMES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gazette.rgpd.passage import Passage

_FILE = re.compile(
    r"(?<![\w.'’-])[\w.'’-]{1,120}\.(?:jpe?g|png|webp|gif|heic|svg|mp3|m4a|ogg|opus|wav|mp4|pdf|odt|ods|docx?|xlsx?|csv|md|vtt|txt|zip)\b",
    re.IGNORECASE,
)
_FILE_WORD = re.compile(r"[A-ZÀ-Ö]?[a-zß-öø-ÿ'’]+|[A-ZÀ-Ö]+(?![a-zß-öø-ÿ])")
_PARENTS = re.compile(
    r"(?<!\w)(?:m\.|mm\.|mme|mlle|monsieur|madame|famille) (?:(?:et|ou) (?:m\.|mme|madame|monsieur) )?([a-z][\w'’-]+)"
    r",? (?:(?:les |la |le |l')?(?:parents?|mere|pere|maman|papa|tuteur|tutrice|grand-mere|grand-pere|responsable)"
    r"(?: legal| legale)? (?:de |d['’] ?))([a-z][\w-]+)|"
    r"\b([a-z][\w-]+),? (?:(?:le |la )?(?:fils|fille|enfant) de) (?:m\.|mme|monsieur|madame|la famille) [a-z][\w'’-]+"
)
"""A pupil told by a first name and by the family's name, folded."""
_SMALL = re.compile(
    r"(?<![\w-])([^\W\d_]{3,20}(?:-[^\W\d_]{3,20})?) ([^\W\d_]{4,25})"
    r"(?= ?[,(] ?(?:(?:une? )?(?:ancien(?:ne)? )?eleve|en |de |du )?\s?"
    r"(?:tps|ps|ms|gs|cp|ce ?[12]|cm ?[12]|de |en c|d['’])\b)"
)
"""« emma dupont, élève de CM1 », without capitals, folded."""
_CLASS = re.compile(_SMALL.pattern.rpartition("(?= ?")[2].removesuffix(")"))
"""What follows such a name."""
_FAMILY = re.compile(
    r"(?:parents?|mere|pere|maman|papa|tuteur|tutrice|responsable|legale?|fils|fille|enfant) (?:de |d['’])"
)
"""What stands in each of ``_PARENTS``."""
REMEDY = "écrivez le prénom seul, ou la classe et l'école ; d'un adulte, sa fonction : « l'autrice… », « le maire… »"


def pupil_named(passage: Passage, allowed: Collection[str]) -> Iterator[Datum]:
    """Find first names with a surname or its initial; ``allowed`` are folded names that may be printed."""
    for person in names_of(passage):
        name = passage.text[person.start : person.end]
        if person.is_full and " ".join(folded(name).split()) not in allowed:
            yield Datum("R20", person.start, person.end, f"personne nommée en entier ({initials(name)})", REMEDY)
    told = list(_told_of(passage))
    yield from told
    for start, end in disguised(passage):
        if all(datum.start != start for datum in told):
            yield Datum("R20", start, end, f"personne nommée en entier ({initials(passage.text[start:end])})", REMEDY)
    for found in (found for bounds in passage.lines_of(ENDING) for found in _FILE.finditer(passage.text, *bounds)):
        if _names_somebody(found[0].rsplit(".", 1)[0]):
            yield Datum("R20", *found.span(), "nom de fichier, ou ancienne adresse, qui nomme quelqu'un", REMEDY)


def _told_of(passage: Passage) -> Iterator[Datum]:
    """Find pupils told by their parents' name, or without a capital."""
    for found in _PARENTS.finditer(passage.plain) if _FAMILY.search(passage.plain) else ():
        if is_first_name(found[2] or found[3]):
            yield Datum("R20", *found.span(), "élève nommé par ses parents", REMEDY)
    for found in _SMALL.finditer(passage.plain) if _CLASS.search(passage.plain) else ():
        is_small = passage.text[found.start(1)].islower() and passage.text[found.start(2)].islower()
        is_word = found[1] in WORDS_TOO | {"claire"} or found[2] in BESIDE | NOT_SURNAMES | NAMED_AFTER
        if is_small and not is_word and is_first_name(found[1]):
            yield Datum("R20", *found.span(), f"personne nommée en entier ({initials(found[0])})", REMEDY)


def _names_somebody(stem: str) -> bool:
    """Tell whether a file's name holds a first name beside a word that can only be a surname."""
    words = [folded(word) for word in _FILE_WORD.findall(stem)]
    plain = " ".join(words)
    if any(f" {name} " in f" {plain} " for name in that_begin(words)):
        return False
    if any(map(is_glued, words)):
        return True
    for rank, word in enumerate(words):
        if word in WORDS_TOO or len(word) < 3 or not is_first_name(word):  # noqa: PLR2004  # « al », « el »
            continue
        beside = words[max(rank - 1, 0) : rank] + [w for w in words[rank + 1 : rank + 3] if w not in FILE_PARTICLES][:1]
        if any(len(w) > 2 and w not in BESIDE for w in beside):  # noqa: PLR2004
            return True
    return False
