"""Tests of model/token.py: names that nobody guesses, that hold for a school year and a series."""

import re
from dataclasses import replace
from datetime import date

import pytest

from gazette.errors import ConfigurationError
from gazette.model.newsroom import Audience, Newsroom, TokenFeeds
from gazette.model.token import feed_names, last_day, secret_of, token, token_audience, token_path, tokens
from tests.samples import TOKEN_SECRET, sample_newsroom

SECRET = TOKEN_SECRET.encode()
DAY = date(2026, 11, 23)


def directors(series: int = 1) -> Audience:
    """Return the directors, with token feeds."""
    found = sample_newsroom().audiences[-1]
    return replace(found, token_feeds=TokenFeeds(series, "https://fils.sourcelle.example/d/"))


def with_directors(series: int = 1) -> Newsroom:
    """Return the circonscription, whose directors have token feeds."""
    newsroom = sample_newsroom()
    return replace(newsroom, audiences=(*newsroom.audiences[:-1], directors(series)))


def test_a_token_is_thirty_two_letters_that_nobody_confuses():
    """Neither 0 nor 1 stands in it, so o and l are always letters."""
    found = token(SECRET, with_directors(), directors(), DAY, "tout")
    assert re.fullmatch("[a-z2-7]{32}", found)


def test_a_token_is_known():
    """Another version that changed the way would kill every address on line: it is a promise."""
    assert "s5a2t244kl72dtqtwiuscieoejmra65i" == token(SECRET, with_directors(), directors(), DAY, "tout")


@pytest.mark.parametrize(
    "other",
    [
        {"secret": SECRET + b"x"},
        {"newsroom": replace(with_directors(), identifier="ailleurs")},
        {"audience": replace(directors(), name="enseignants")},
        {"audience": directors(2)},
        {"day": date(2027, 8, 1)},
        {"feed": "directeurs"},
    ],
)
def test_a_token_changes_with_all_it_is_made_of(other: dict[str, object]):
    """Secret, circonscription, edition, series, school year, fil."""
    facts = {"secret": SECRET, "newsroom": with_directors(), "audience": directors(), "day": DAY, "feed": "tout"}
    assert token(**facts) != token(**(facts | other))


def test_a_token_holds_for_a_school_year():
    """From 1 August to 31 July."""
    days = (date(2026, 8, 1), DAY, date(2027, 7, 31))
    found = {token(SECRET, with_directors(), directors(), day, "tout") for day in days}
    assert (1, {date(2027, 7, 31)}) == (len(found), {last_day(day) for day in days})


def test_a_name_tells_its_fil():
    """A hand that copies it knows which it is."""
    assert re.fullmatch(r"outils-[a-z2-7]{32}\.xml", token_path(SECRET, with_directors(), directors(), DAY, "outils"))


def test_readers_of_token_feeds_may_see_what_the_edition_shows():
    """Nothing more restricted, and at the address that asks for no login."""
    readers = token_audience(directors())
    facts = (readers.name, readers.rank, readers.address, readers.token_feeds)
    assert ("directeurs-jeton", 2, "https://fils.sourcelle.example/d/", None) == facts


def test_an_edition_has_a_feed_of_everything_and_of_each_fil_it_sees():
    """Teachers have none of the directors' fil."""
    newsroom = sample_newsroom()
    found = [feed_names(newsroom, a) for a in newsroom.audiences[1:]]
    assert [
        ("tout", "actualites", "projets", "outils"),
        ("tout", "actualites", "projets", "directeurs", "outils"),
    ] == found


def test_every_token_of_a_day_is_known_to_proofs():
    """One a feed; none without a secret, since none is printed."""
    assert (5, 0) == tuple(len(tokens(secret, with_directors(), DAY)) for secret in (SECRET, b""))


@pytest.mark.parametrize(("text", "expected"), [("", b""), ("  ", b""), (f" {TOKEN_SECRET}\n", SECRET)])
def test_a_secret_is_what_the_environment_says(text: str, expected: bytes):
    """Without the line end that a forge or a file adds; nothing is no secret."""
    assert expected == secret_of(text)


def test_a_weak_secret_is_refused_and_not_repeated():
    """Who holds one address could try all the short ones."""
    with pytest.raises(ConfigurationError, match="moins de 16 signes") as caught:
        secret_of("azerty-4321")
    assert "azerty" not in str(caught.value)
