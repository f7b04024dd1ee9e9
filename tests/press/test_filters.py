"""What templates may call."""

from dataclasses import dataclass
from datetime import date, time

import pytest

from gazette.model.moment import Moment
from gazette.press.filters import (
    date_courte,
    date_fr,
    date_jm,
    exposants,
    heure_fr,
    jour_abr,
    lien,
    mois_abr,
    pluriel,
    quand,
)

MONDAY = date(2026, 11, 23)


@dataclass
class Happening:
    """Something with a start and an end."""

    start: Moment
    end: Moment | None = None
    nature: str = "evenement"


def test_dates_are_french():
    """Whatever the system's language is."""
    found = [date_fr(MONDAY), date_courte(Moment(MONDAY)), date_jm(MONDAY), jour_abr(MONDAY), mois_abr(MONDAY)]
    assert ["lundi 23\xa0novembre 2026", "23\xa0novembre 2026", "23\xa0novembre", "lun.\xa023", "nov."] == found


def test_the_first_of_a_month_is_an_ordinal():
    """« 1er », and « 2 »."""
    assert ["1er\xa0mars", "2\xa0mars"] == [date_jm(date(2027, 3, day)) for day in (1, 2)]


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (None, ""),
        (time(9), "9\xa0h"),
        (time(13, 30), "13\xa0h\xa030"),
        (time(8, 5), "8\xa0h\xa005"),
        (time(0), "0\xa0h"),
    ],
)
def test_hours_are_french(hour: time | None, expected: str):
    """« 9 h », « 13 h 30 »; a whole day has none."""
    assert expected == heure_fr(Moment(MONDAY, hour))


@pytest.mark.parametrize(
    ("start", "end", "nature", "expected"),
    [
        (Moment(MONDAY), None, "evenement", ""),
        (Moment(MONDAY, time(9)), None, "evenement", "9\xa0h"),
        (Moment(MONDAY, time(9)), Moment(MONDAY, time(12)), "evenement", "9\xa0h – 12\xa0h"),
        (Moment(MONDAY, time(9)), Moment(MONDAY, time(9)), "evenement", "9\xa0h"),
        (Moment(MONDAY), Moment(date(2026, 11, 25)), "evenement", "du 23 au 25\xa0novembre"),
        (Moment(MONDAY), Moment(date(2026, 12, 1)), "evenement", "du 23\xa0novembre au 1er\xa0décembre"),
        (Moment(MONDAY), Moment(date(2026, 12, 4)), "fenetre", "jusqu’au 4\xa0décembre"),
        (Moment(MONDAY), Moment(MONDAY), "fenetre", ""),
        (Moment(MONDAY, time(0)), Moment(MONDAY, time(17)), "fenetre", "jusqu’à 17\xa0h"),
        (Moment(MONDAY, time(8)), Moment(MONDAY, time(17)), "fenetre", "8\xa0h – 17\xa0h"),
        (Moment(MONDAY, time(8)), Moment(MONDAY), "fenetre", "8\xa0h"),
        (Moment(MONDAY, time(0)), Moment(date(2026, 12, 4), time(17)), "fenetre", "jusqu’au 4\xa0décembre, 17\xa0h"),
        (
            Moment(MONDAY, time(8, 30)),
            Moment(date(2026, 12, 5), time(0)),
            "fenetre",
            "dès 8\xa0h\xa030, jusqu’au 4\xa0décembre, minuit",
        ),
        (Moment(MONDAY), Moment(date(2027, 11, 25)), "evenement", "du 23\xa0novembre 2026 au 25\xa0novembre 2027"),
        (Moment(MONDAY, time(0)), Moment(MONDAY, time(1)), "evenement", "0\xa0h – 1\xa0h"),
        (Moment(MONDAY, time(20)), Moment(date(2026, 11, 24), time(0)), "evenement", "20\xa0h – minuit"),
        (
            Moment(date(2026, 10, 24), time(22)),
            Moment(date(2026, 10, 26), time(8)),
            "evenement",
            "du samedi 24\xa0octobre, 22\xa0h, au lundi 26\xa0octobre, 8\xa0h",
        ),
        (
            Moment(MONDAY, time(20)),
            Moment(date(2026, 11, 26), time(0)),
            "evenement",
            "du lundi 23\xa0novembre, 20\xa0h, au mercredi 25\xa0novembre, minuit",
        ),
        (
            Moment(MONDAY, time(20)),
            Moment(date(2026, 11, 25)),
            "evenement",
            "du lundi 23\xa0novembre, 20\xa0h, au mercredi 25\xa0novembre",
        ),
    ],
)
def test_when_is_said_without_what_the_reader_knows(start: Moment, end: Moment | None, nature: str, expected: str):
    """The day itself stands beside it."""
    assert expected == quand(Happening(start, end, nature))


def test_zero_and_one_are_singular():
    """As in French."""
    assert ["0\xa0école", "1\xa0école", "2\xa0écoles"] == [pluriel(n, "école", "écoles") for n in range(3)]


@pytest.mark.parametrize(
    ("root", "href", "expected"),
    [
        ("../../", "actualites/", "../../actualites/"),
        ("../../", "", "../../"),
        ("", "", "./"),
        ("", "frise/", "frise/"),
        ("../", "https://exemple.fr/", "https://exemple.fr/"),
        ("../", "#t-ici", "#t-ici"),
        ("../", "mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_a_link_is_relative_to_its_page(root: str, href: str, expected: str):
    """So that an edition may be served from any folder."""
    assert expected == lien({"root": root}, href)  # type: ignore[arg-type]  # the filter asks for no more


def test_the_first_of_a_month_is_written_as_printers_do():
    """« er » above the line in a text; not in a name, an address, a drawing nor an answer to choose."""
    kept = '<a title="1er mars" href="1er">le 21er</a><svg><title>1er mai</title></svg><option>1er avril</option>'
    kept += "<p>86e9, /6e, 1e, a.6e, #2e</p>"
    written = f"<p>du 1er\xa0mars au 1er, <b>6e</b>{kept}</p>"
    raised = "<p>du 1<sup>er</sup>\xa0mars au 1<sup>er</sup>, <b>6<sup>e</sup></b>"
    raised += f"{kept}</p>"
    assert (raised, raised) == (exposants(written), exposants(raised))
