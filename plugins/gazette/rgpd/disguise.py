"""A name written otherwise than as a name: glued, parted, without capitals, an initial beside a class (rule R20)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.celebrities import CELEBRITIES
from gazette.rgpd.first_names import WORDS_TOO, folded, is_first_name
from gazette.rgpd.namesakes import NAMED_AFTER
from gazette.rgpd.roles import ROLES
from gazette.rgpd.surnames import BESIDE, NOT_SURNAMES, surnames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_GLUED = re.compile(r"([A-ZÀ-Ö](?<![\w-].)[a-zß-öø-ÿ]{2,})(?:[_/]| ?[–—/] ?|)([A-ZÀ-Ö][a-zß-öø-ÿ]{2,})(?!\w)")
"""« KévinMoreau », « Kévin / Moreau »."""
_HELD = re.compile(
    r"([A-ZÀ-Ö](?<![\w-].)[a-zß-öø-ÿ]{2,}) ?"
    r"(?:[(\[«\"“] ?([A-ZÀ-Ö][\w'’-]{2,}) ?[)\]»\"”]|(?:\([^()\n]{1,30}\)|«[^«»\n]{1,30}»|[\"“][^\"“”\n]{1,30}[\"”]) ?"
    r"([A-ZÀ-Ö][\w'’-]{2,})(?!\w))"
)
"""« Kévin (Moreau) », « Kévin « le champion » Moreau »."""
_INITIAL = re.compile(
    r"(?<![\w.])(?!M)[A-Z]\. ?([A-ZÀ-Ö][\w'’-]{2,})"
    r"(?= ?[,(–-] ?(?:en |de |du |élève (?:de |en )?)?(?:tps|ps|ms|gs|cp|ce ?[12]|cm ?[12])\b)",
    re.IGNORECASE,
)
"""« K. Moreau (CM2) »."""
_ALONE = re.compile(r"\.(?<=[A-Za-z].)(?<![\w.]..)")
"""A letter by itself before a point, which stands in each of them."""
_CIVIL = re.compile(r"\b(?:mm?|mme|mlle|madame|monsieur)\W*\Z")
_NEAR = 40
"""Characters before an initial in which a function tells an adult."""
_LONG = 9
"""Letters of a word in which a first name and a surname are told apart: « emmadupont »."""
_SHORTEST = 3
"""Letters of a first name: « al » and « el » are words."""
_ALSO = frozenset({"claire"})
"""First names that are ordinary words in small letters."""


def disguised(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield where a text holds a first name and a surname that everybody knows, or an initial told to be a pupil."""
    for found in _GLUED.finditer(passage.text):
        if _are_names(folded(found[1]), folded(found[2])):
            yield found.span()
    for found in _HELD.finditer(passage.text):
        if _are_names(folded(found[1]), folded(found[2] or found[3])):
            yield found.span()
    words, known = passage.words, surnames()
    for rank in [rank for rank, word in enumerate(words) if word[3] in known]:  # hundreds in a text
        first, last = words[rank - 1], words[rank]
        if rank and first.text.islower() and last.text.islower() and first.plain not in _ALSO:
            is_parted = passage.text[first.end : last.start] != " "
            before = words[rank - 2].plain if rank > 1 else ""
            if not is_parted and before not in NAMED_AFTER and _are_names(first.plain, last.plain):
                yield first.start, last.end
    for found in _INITIAL.finditer(passage.text) if _ALONE.search(passage.text) else ():
        if _is_pupil(passage, folded(found[1]), found.start()):
            yield found.span()


def is_glued(word: str) -> bool:
    """Tell whether a folded word of a file's name is a first name and a surname with nothing between them."""
    return (
        len(word) >= _LONG
        and not is_first_name(word)
        and any(_are_names(word[:cut], word[cut:]) for cut in range(_SHORTEST, len(word) - _SHORTEST - 1))
    )


def _are_names(first: str, last: str) -> bool:
    """Tell whether two folded words are nothing but a first name and the surname of somebody unknown."""
    return (
        len(first) >= _SHORTEST
        and last in surnames()
        and first not in WORDS_TOO
        and is_first_name(first)
        and not is_first_name(last)
        and last not in BESIDE | NOT_SURNAMES | NAMED_AFTER
        and f"{first} {last}" not in CELEBRITIES
    )


def _is_pupil(passage: Passage, last: str, start: int) -> bool:
    """Tell whether a surname after an initial is no celebrity's, nor an adult's."""
    low, _ = passage.line_of(start, start)
    before = passage.plain[max(low, start - _NEAR) : start]
    is_known = last in NOT_SURNAMES or any(name.endswith(f" {last}") for name in CELEBRITIES)
    return not (is_known or ROLES.search(before) or _CIVIL.search(before))
