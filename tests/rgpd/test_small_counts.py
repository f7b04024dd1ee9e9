"""Tests of small_counts.py (R37): no answer of fewer than five schools is told, nor can be computed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model.body import Body
from gazette.model.figures import Answer, Question, Survey
from gazette.model.finding import Severity
from gazette.rgpd.case import Case
from gazette.rgpd.small_counts import FEWEST, OTHERS, UNTOLD, answers, small_counts
from gazette.rgpd.stage import clear
from tests.samples import NOW, PROCESSINGS, sample_entry, sample_newsroom

CASE = Case(sample_newsroom(), NOW, {}, processings=PROCESSINGS)


def question(*counts: int, is_multiple: bool = False) -> Question:
    """Return a question whose answers so many schools gave."""
    return Question("Débit", is_multiple, tuple(Answer(f"réponse {n}", count) for n, count in enumerate(counts)))


def survey(*questions: Question, answered: int = 41) -> Survey:
    """Return a survey of these questions."""
    labels = "\n".join(a.label for q in questions for a in q.answers)
    facts = {"day": date(2026, 11, 6), "scope": "le bassin", "asked": 58, "answered": answered, "questions": questions}
    facts |= {"body": Body(text=labels, digest="b"), "source": labels, "folder": "donnees", "name": "cln", "date": None}
    found: Survey = sample_entry(Survey, **facts)
    return found


def told(found: Question) -> list[tuple[str, int | None]]:
    """Return what may be told of a question."""
    return [(a.label, a.schools) for a in answers(found)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 15, 6), [("réponse 0", 20), ("réponse 1", 15), ("réponse 2", 6)]),
        ((20, 15, 5), [("réponse 0", 20), ("réponse 1", 15), ("réponse 2", 5)]),
        ((20, 3, 2), [("réponse 0", 20), (OTHERS, 5)]),
        ((20, 15, 4), [("réponse 0", 20), (OTHERS, 19)]),
        ((20, 0, 15), [("réponse 0", 20), ("réponse 2", 15)]),
        ((39, 2), []),
        ((2, 2, 1), []),
    ],
)
def test_small_counts_are_put_together(counts: tuple[int, ...], expected: list[tuple[str, int]]):
    """Five schools are told; four join the next smallest, so that no subtraction finds them again."""
    assert expected == told(question(*counts))


def test_of_several_answers_a_school_the_small_ones_are_not_counted():
    """Their sum would count a school twice."""
    assert [("réponse 0", 30), (UNTOLD, None)] == told(question(30, 4, 3, is_multiple=True))
    assert [] == told(question(4, 3, is_multiple=True))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9), st.booleans())
def test_no_small_count_is_ever_told(counts: list[int], is_multiple: bool):  # drawn
    """Whatever was answered: neither as a cell, nor as what is missing to the whole."""
    found = question(*counts, is_multiple=is_multiple)
    shown = answers(found)
    assert all(a.schools is None or a.schools >= FEWEST for a in shown)
    if shown and not is_multiple:
        assert sum(counts) == sum(a.schools or 0 for a in shown)
    small = {a.label for a in found.answers if (a.schools or 0) < FEWEST}
    assert not small & {a.label for a in shown}


def test_a_survey_that_too_few_answered_is_refused():
    """Four answers point at four schools; five are the lawful neighbour."""
    refused = [f.severity for f in small_counts(survey(question(4), answered=4), CASE)]
    assert Severity.REFUSE in refused
    assert [] == list(small_counts(survey(question(5), answered=5), CASE))


def test_the_gate_lets_no_small_label_through():
    """What is cleared holds none of it, wherever an entry may carry text; what is merged is told as a note."""
    done = clear([survey(question(20, 15, 2), question(20, 21))], CASE)
    printable = done.cleared[0].entry
    assert isinstance(printable, Survey)
    everything = f"{printable.questions}{printable.body}{printable.source}{printable.summary}"
    assert "réponse 2" not in everything
    assert [("RGPD-37", Severity.NOTE)] == [(f.code, f.severity) for f in done.findings if f.code == "RGPD-37"]


def test_a_survey_without_small_counts_is_left_as_it_is():
    """The lawful neighbour."""
    lawful = survey(question(20, 21))
    done = clear([lawful], CASE)
    assert ([lawful], []) == ([c.entry for c in done.cleared], [f for f in done.findings if f.code == "RGPD-37"])
