"""Tests of rgpd/ent_only.py: what is for the ENT leaves a title."""

import pytest

from gazette.model.body import Body
from gazette.model.entry import Actualite, Ecole, Entry, Evenement, InfoDirection, Page, Projet, Window
from gazette.model.moment import Moment
from gazette.rgpd.case import Case
from gazette.rgpd.ent_only import SUMMARY, ent_only, stub
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom

WINDOW = Window("w", Moment(NOW.date()), Moment(NOW.date()))


@pytest.mark.parametrize(
    ("kind", "facts", "codes"),
    [
        (Actualite, {}, []),
        (Projet, {}, []),
        (InfoDirection, {}, []),
        (Page, {}, []),
        (Evenement, {}, ["RGPD-06"]),
        (Ecole, {"uai": "0869001S", "town": "Sourcelle"}, ["RGPD-06"]),
    ],
)
def test_only_what_can_be_a_title_is_for_the_ent(kind: type[Entry], facts: dict[str, object], codes: list[str]):
    """An event or a school has no text to keep back: saying so is a slip."""
    case = Case(sample_newsroom(), NOW, {})
    entries = [sample_entry(kind, ent_only=is_only, **facts) for is_only in (True, False)]
    assert [codes, []] == [[f.code for f in ent_only(entry, case)] for entry in entries]


def test_a_stub_holds_nothing_but_its_title():
    """Every field that tells something of the text is emptied, in every kind that may be one."""
    kinds = [
        (Actualite, {}),
        (Page, {}),
        (Projet, {"period": WINDOW}),
        (InfoDirection, {"reference": "REF-SECRETE", "signatory": "SIGNATAIRE-SECRET"}),
    ]
    telling = {
        "summary": "SECRET",
        "body": Body("<p>SECRET</p>", text="SECRET"),
        "keywords": ("SECRET",),
        "schools": ("0869001S",),
        "tools": ("SECRET",),
        "images": (sample_image(alt="SECRET"),),
        "windows": (WINDOW,),
    }
    stubs = [stub(sample_entry(kind, **telling, **own)) for kind, own in kinds]
    assert [("Essai", SUMMARY, False)] * 4 == [
        (s.title, s.summary, "SECRET" in repr(vars(s)) or WINDOW in vars(s).values() or s.windows != ()) for s in stubs
    ]


def test_a_stub_is_printed_again_when_it_becomes_one():
    """Its digest is not the whole entry's."""
    entry = sample_entry()
    assert entry.digest != stub(entry).digest
