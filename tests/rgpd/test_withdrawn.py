"""Tests of rgpd/withdrawn.py: what the register of withdrawals names stays out, whatever comes back."""

from datetime import date

import pytest

from gazette.model.body import Body
from gazette.model.register import Register, Withdrawal, sketch, words_digest
from gazette.rgpd.case import Case, Hold, Withhold
from gazette.rgpd.withdrawn import withdrawn
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom, sample_sound


def answers(**named: object) -> list[tuple[str, str]]:
    """Return what is held back of an entry with a picture and a sound, by what one record names."""
    facts = {"id": "RET-2026-001", "day": date(2026, 11, 20), "motive": "demande", "edition": "public"} | named
    register = Register((Withdrawal(**facts),))  # type: ignore[arg-type]  # by field
    entry = sample_entry(
        images=(sample_image(people="eleves", authorisation="AUT-1"),), sounds=(sample_sound(authorisation="AUT-2"),)
    )
    case = Case(sample_newsroom(), NOW, {}, register=register)
    return [
        ("entry", a.finding.code if a.finding else "") if isinstance(a, Hold) else (a.medium.file, a.finding.code)
        for a in withdrawn(entry, case)
        if isinstance(a, Hold | Withhold)
    ]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"digests": ("i1",)}, [("dessin.png", "RGPD-19")]),
        ({"digests": ("s1", "x")}, [("lecture.mp3", "RGPD-19")]),
        ({"authorisation": "AUT-1"}, [("dessin.png", "RGPD-19")]),
        ({"authorisation": "AUT-2"}, [("lecture.mp3", "RGPD-19")]),
        ({"entry": "actualites/2026-11-02-essai"}, [("entry", "RGPD-19")]),
        ({"digests": ("i9",), "authorisation": "AUT-9", "entry": "actualites/autre"}, []),
        ({}, []),
    ],
)
def test_a_record_holds_back_what_it_names(named: dict[str, object], expected: list[tuple[str, str]]):
    """By bytes, by authorisation, or the whole entry; its neighbours are printed."""
    assert expected == answers(**named)


def test_a_missing_file_is_not_taken_for_a_withdrawn_one():
    """A picture without bytes has no digest, and matches no record."""
    register = Register((Withdrawal(id="R", day=date(2026, 11, 20), motive="fin", edition="public"),))
    entry = sample_entry(images=(sample_image(digest=""),))
    assert [] == list(withdrawn(entry, Case(sample_newsroom(), NOW, {}, register=register)))


SAID = (
    "Les élèves de cours moyen ont couru mardi autour de l’étang sous un soleil pâle, encouragés par leurs familles ; "
    "à l’arrivée, un bol de soupe attendait chacun, et la coupe est revenue à la classe la plus nombreuse du canton."
)


def held(text: str) -> list[str]:
    """Return what is told of a text, under another name, when ``SAID`` was withdrawn."""
    record = Withdrawal(
        id="RET-2026-001",
        day=date(2026, 11, 20),
        motive="demande",
        edition="public",
        texts=(words_digest(SAID),),
        sketches=(sketch(SAID),),
    )
    entry = sample_entry(body=Body(html="", digest="", words=len(text.split()), text=text))
    found = withdrawn(entry, Case(sample_newsroom(), NOW, {}, register=Register((record,))))
    return [a.finding.message.split(" :")[1].split(" (")[0].strip() for a in found if isinstance(a, Hold) and a.finding]


EXACTLY, NEARLY = ["il dit mot pour mot un article retiré"], ["il ressemble à un article retiré"]
OTHER = (
    "Les élèves de cours moyen ont planté mardi un verger derrière l’école, avec l’aide des services de la commune ; "
    "à midi, un bol de soupe attendait chacun, et les arbres donneront leurs premiers fruits dans trois ou quatre ans."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SAID.upper(), EXACTLY),
        (SAID.replace("mardi", "jeudi"), NEARLY),
        (SAID.replace("cours moyen", "CM2").replace("un bol de soupe", "une soupe chaude"), NEARLY),
        (f"{SAID} Merci aux parents qui ont tenu les points d’eau.", NEARLY),
        (OTHER, []),
        ("Les élèves ont couru.", []),
    ],
)
def test_a_text_that_comes_back_under_another_name(text: str, expected: list[str]):
    """Word for word, or with few words changed; another text of the same school stays."""
    assert expected == held(text)
