"""A survey shows no answer of fewer than five schools, nor lets one be computed (rule R37)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.model.body import Body
from gazette.model.figures import Answer, Survey
from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazette.model.entry import Entry
    from gazette.model.figures import Question
    from gazette.rgpd.case import Case

FEWEST = 5
"""Schools: below, an answer points at them."""
OTHERS = "Autres réponses"
UNTOLD = "Autres réponses, chacune de moins de cinq écoles"


def small_counts(entry: Entry, _: Case) -> Iterator[Finding]:
    """Refuse a survey that too few answered; tell the questions in which answers are put together."""
    if not isinstance(entry, Survey):
        return
    if entry.answered < FEWEST:
        message = f"enquête de {entry.answered} réponse(s) : chacune désignerait son école"
        remedy = f"attendez que {FEWEST} écoles aient répondu, ou élargissez le périmètre"
        yield Finding("RGPD-37", Severity.REFUSE, entry.place(), message, remedy)
    for question in entry.questions:
        told = answers(question)
        if told != question.answers:
            what = "réponses réunies" if told else "réponses non publiées"
            message = f"« {question.title[:60]} » : {what}, des effectifs sont inférieurs à {FEWEST} écoles"
            remedy = "rien à faire : seuls des effectifs qui ne désignent personne paraissent"
            yield Finding("RGPD-37", Severity.NOTE, entry.place(), message, remedy)


def merged(entry: Entry) -> Entry:
    """Return the entry as it may be printed: of a survey, small counts and their labels are gone."""
    if not isinstance(entry, Survey):
        return entry
    questions = tuple(replace(q, answers=answers(q)) for q in entry.questions)
    if questions == entry.questions:
        return entry
    labels = (text for q in questions for text in (q.title, *(a.label for a in q.answers)))
    body = Body(text="\n".join(labels), digest=f"{entry.body.digest}-r37")
    return replace(entry, questions=questions, body=body, source="", digest=f"{entry.digest}-r37", face="")


def answers(question: Question) -> tuple[Answer, ...]:
    """Return the answers that may be told, small ones put together; none when that leaves a single one."""
    small = [a for a in question.answers if (a.schools or 0) < FEWEST]
    if not small:
        return question.answers
    large = [a for a in question.answers if a not in small]
    if question.is_multiple:
        is_any = any(a.schools for a in small)  # what nobody answered is not told either
        return (*large, Answer(UNTOLD, None)) if large and is_any else tuple(large)
    return _put_together(large, sum(a.schools or 0 for a in small))


def _put_together(large: Sequence[Answer], count: int) -> tuple[Answer, ...]:
    """Return answers of which a school gives one: the smallest joins the others until they are five."""
    kept = list(large)
    while 0 < count < FEWEST and kept:
        smallest = min(reversed(kept), key=lambda a: a.schools or 0)
        kept.remove(smallest)
        count += smallest.schools or 0
    if not kept:
        return ()
    return (*kept, Answer(OTHERS, count)) if count else tuple(kept)
