"""A text cut into words, and the people it names: what every detector of personal data looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from gazette.rgpd.celebrities import CELEBRITIES
from gazette.rgpd.first_names import PLACES_TOO, WORDS_TOO, folded, is_first_name
from gazette.rgpd.namesakes import NAMED_AFTER, OWNED
from gazette.rgpd.roles import CALLED, IN_ROLE, PUPIL, ROLES
from gazette.rgpd.surnames import LOWER_PARTICLES, NOT_SURNAMES, PARTICLES, surnames

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CELL_NAME = re.compile(r"[^\W\d_][\w'’ -]{1,30}, ([^\W\d_][\w'’-]+)[ \t]*(?=\||\Z)")
ENDING = re.compile(r"\.(?=\w)")
"""Stands in every name of a file, and in few other lines."""
_ROMAN = frozenset("IVX")
_STOP = re.compile(r"(?<!\bm)[.;!?|]\s|\|")
"""What ends a sentence or a cell; « M. » does not."""
_FULL_LINE = 40
"""Characters from which a line of prose is wrapped rather than ended."""
_REACH = 48
"""Characters around a name in which a word tells what the person is."""


class Word(NamedTuple):
    """A word and where it stands; a tuple, since a text makes hundreds of them."""

    start: int
    end: int
    text: str
    plain: str
    """Folded."""

    @property
    def is_capital(self) -> bool:
        """Tell whether it starts with a capital."""
        return self.text[0].isupper()

    @property
    def is_capitals(self) -> bool:
        """Tell whether it is written in capitals only."""
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a text names."""

    start: int
    end: int
    is_full: bool
    """First name with a surname or its initial; else a first name alone."""
    is_public: bool
    """A celebrity, an adult in a function, or the name of a thing."""


class Passage:
    """A text, its words and its people, each worked out once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def plain(self) -> str:
        """The text folded, sign for sign, so that positions stay."""
        return folded(self.text)

    @cached_property
    def words(self) -> list[Word]:
        """Every word, in order."""
        text, plain, made = self.text, self.plain, tuple.__new__
        spans = (found.span() for found in _WORD.finditer(text))
        return [made(Word, (start, end, text[start:end], plain[start:end])) for start, end in spans]

    @cached_property
    def people(self) -> list[Person]:
        """Everybody named with a first name, in order."""
        found: list[Person] = []
        after = 0
        for rank in [rank for rank, word in enumerate(self.words) if word[2][0].isupper()]:  # hundreds in a text
            if rank >= after:
                person, used = self._person(rank)
                after = rank + used
                if person:
                    found.append(person)
        return found

    def line_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the line in which a span stands."""
        stop = self.text.find("\n", end)
        return self.text.rfind("\n", 0, start) + 1, len(self.text) if stop < 0 else stop

    def head_of(self, start: int) -> str:
        """Return the folded head of the column of a table in which a position stands, or ""."""
        low = self.line_of(start, start)[0]
        if self.plain[low : low + 1] != "|":
            return ""
        top = low
        while top and self.plain.startswith("|", self.plain.rfind("\n", 0, top - 1) + 1):
            top = self.plain.rfind("\n", 0, top - 1) + 1
        heads = self.plain[top : self.line_of(top, top)[1]].split("|")
        rank = self.plain.count("|", low, start)
        return heads[rank] if top < low and rank < len(heads) else ""

    def lines_of(self, sign: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield the bounds of each line in which a sign stands."""
        high = -1
        for found in sign.finditer(self.text):
            if found.start() > high:
                low, high = self.line_of(*found.span())
                yield low, high

    def near(self, start: int, end: int, reach: int) -> str:
        """Return the folded text around a span, within its line or, in wrapped prose, its paragraph."""
        before = self.plain.rfind("\n\n", 0, start) + 1
        after = self.plain.find("\n\n", end)
        return self.plain[max(before, start - reach) : min(end + reach, after if after >= 0 else len(self.plain))]

    def _gap(self, rank: int) -> str:
        """Return what stands between a word and the next one."""
        if rank + 1 >= len(self.words):
            return "\n\n"
        return self.text[self.words[rank].end : self.words[rank + 1].start]

    def _person(self, rank: int) -> tuple[Person | None, int]:
        """Return the person whose name starts at a word, and how many words it takes."""
        first = self.words[rank]
        if first.is_capitals and len(first.plain) > 2 and first.plain not in NOT_SURNAMES:  # noqa: PLR2004
            reversed_name = self._reversed(rank)
            if reversed_name:
                return reversed_name, 2
        if not is_first_name(first.plain):
            return self._unknown(rank)
        last = self._surname(rank)
        ambiguous = first.plain in WORDS_TOO
        if last is None:
            is_acronym = first.is_capitals and len(first.text) < 4  # noqa: PLR2004  # « EMI »
            lone = not ambiguous and not is_acronym and not self._is_thing(rank)
            return (Person(first.start, first.end, is_full=False, is_public=False) if lone else None), 1
        end = self.words[last].end
        is_public = self._is_public(rank, last) or first.plain in PLACES_TOO
        return Person(first.start, end, is_full=True, is_public=is_public), last - rank + 1

    def _reversed(self, rank: int) -> Person | None:
        """Return the person written as « DUPONT Emma » or « DUPONT;Emma »."""
        gap = self._gap(rank)
        if len(gap) > 4 or not re.fullmatch(r"\s*[;,|\t]?\s*", gap) or "\n" in gap:  # noqa: PLR2004
            return None
        last, first = self.words[rank], self.words[rank + 1]
        is_first = is_first_name(first.plain) and first.is_capital
        if (
            not is_first
            or (first.plain in WORDS_TOO and gap.isspace())
            or (first.is_capitals and gap.isspace())
            or (is_first_name(last.plain) and gap.isspace())
        ):
            return None
        return Person(last.start, first.end, is_full=True, is_public=False)

    def _unknown(self, rank: int) -> tuple[Person | None, int]:
        """Return who is thanked or told to be a pupil under a first name that no list has, or « Benali, Inès »."""
        start, last = self.words[rank].start, self._surname(rank)
        low, high = self.line_of(start, start)
        cell = _CELL_NAME.match(self.text[:high], start)
        if cell and self.text[low:start].rsplit("|", 1)[-1].strip() == "" and is_first_name(folded(cell[1])):
            return Person(start, cell.end(1), is_full=True, is_public=False), 2
        if last and self.words[rank].plain not in NOT_SURNAMES | NAMED_AFTER and CALLED.search(self.plain[low:start]):
            return Person(start, self.words[last].end, is_full=True, is_public=False), last - rank + 1
        return None, 1

    def _surname(self, rank: int) -> int | None:
        """Return the rank of the last word of the surname, or of its initial, that follows a first name."""
        at = rank
        while self._goes_on(at):
            word = self.words[at + 1]
            after = self.text[word.end : word.end + 1]
            if word.is_capital and len(word.text) == 1 and after not in {"'", "’"}:
                return at + 1 if after == "." or word.text not in _ROMAN else None
            if word.text in {"de", "d"} and rank and self._gap(rank - 1).isspace() and self.words[rank - 1].is_capital:
                return None  # « le Petit Nicolas de Sempé »
            is_particle = word.plain in PARTICLES and (word.is_capital or word.plain in LOWER_PARTICLES)
            if is_particle and at - rank < 3:  # noqa: PLR2004  # « de la », « El »
                at += 1
                continue
            if (
                not word.is_capital
                or word.plain in NOT_SURNAMES
                or re.fullmatch("[IVX]+", word.text)
                or re.match(r"\d", after)
            ):
                return None
            return at + 1
        return None

    def _goes_on(self, at: int) -> bool:
        """Tell whether nothing but a space, an apostrophe or the end of a line parts a word from the next one.

        A line that is not full ends what it says, unless a surname that everybody knows starts the next one.
        """
        gap = self._gap(at)
        if gap.strip(" \n") not in {"", "'", "’"} or "\n\n" in gap:
            return False
        word = self.words[at]
        if "\n" not in gap or word.end - self.line_of(word.start, word.end)[0] >= _FULL_LINE:
            return True
        below = self.words[at + 1].plain
        return below in surnames() and not is_first_name(below)

    def _is_thing(self, rank: int) -> bool:
        """Tell whether what bears the name is a place, a prize or a work: « école Anne Frank »."""
        for back in range(rank - 1, max(rank - 4, -1), -1):
            gap = self._gap(back)
            if gap.strip(" «»“\"-'’") or "\n" in gap:
                return False
            word = self.words[back]
            if word.plain in NAMED_AFTER:
                return self.words[rank - 1].plain not in {"de", "d"} or word.plain not in OWNED
            if word.is_capital and word.plain not in NOT_SURNAMES:
                return False
        return False

    def _is_public(self, rank: int, last: int) -> bool:
        """Tell whether somebody named in full is a celebrity, an adult in a function, or a thing's name."""
        start, end = self.words[rank].start, self.words[last].end
        if " ".join(re.split(r"[\s'’-]+", self.plain[start:end])) in CELEBRITIES:
            return True
        if self._is_thing(rank):
            return True
        low, high = self.line_of(start, end)
        before = _STOP.split(self.plain[max(low, start - _REACH) : start])[-1]
        after = _STOP.split(self.plain[end : min(high, end + _REACH)])[0]
        if PUPIL.search(before[-24:]) or PUPIL.search(after[:24]):
            return False
        if ROLES.search(self.head_of(start)):
            return True
        roles = [found.end() for found in ROLES.finditer(before)]
        if roles and IN_ROLE.fullmatch(before[roles[-1] :]):
            return True
        above = self.plain[self.plain.rfind("\n", 0, max(low - 1, 0)) + 1 : max(low - 1, 0)]
        below = self.plain[high + 1 :].split("\n", 1)[0]
        if not before.strip() and not after.strip() and (ROLES.search(above) or ROLES.match(below)):
            return True  # the two lines of a signature
        return bool(re.match(r"\s*[,(–—-]\s*(?:(?:l|le|la|notre|votre|une?)\W)?\s*(?:\w+ )?", after)) and bool(
            ROLES.search(after[:32])
        )


def names_of(passage: Passage) -> Iterator[Person]:
    """Yield those whom a text names and who are not public."""
    yield from (person for person in passage.people if not person.is_public)
