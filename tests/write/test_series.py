"""Tests of series.py: one number changes in the file, whatever way it is written, or nothing does."""

import pytest

from gazette.errors import ConfigurationError
from gazette.write.series import raise_series
from tests.samples import Site

FILE = "circonscription.yml"


def series(site: Site) -> dict[str, int]:
    """Return the series of each edition that has token feeds."""
    return {a.name: a.token_feeds.series for a in site.newsroom().audiences if a.token_feeds}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("directeurs", "      serie: 1            # la première", "      serie: 2            # la première"),
        ("enseignants", "{actif: true, serie: 1, adresse", "{actif: true, serie: 2, adresse"),
    ],
)
def test_one_number_changes(site: Site, name: str, before: str, after: str):
    """On a line of its own, with its comment, or among others: every other byte stays."""
    site.open_tokens()
    text = (site.content / FILE).read_text("utf-8")
    assert (2, text.replace(before, after)) == (
        raise_series(site.content, name),
        (site.content / FILE).read_text("utf-8"),
    )
    assert text != text.replace(before, after)


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        (
            "directeurs",
            "      serie: 1            # la première\n",
            "",
            "      actif: oui\n      serie: 2\n      adresse:",
        ),
        ("enseignants", "serie: 1, ", "", "jeton: {actif: true, serie: 2, adresse:"),
        ("enseignants", "serie: 1,", "serie: 9,", "serie: 10, adresse:"),
        ("directeurs", "serie: 1 ", "serie: 99", "      serie: 100           # la première"),
    ],
)
def test_a_series_left_out_or_written_otherwise_is_raised(
    site: Site, name: str, before: str, after: str, expected: str
):
    """Left out it is the first; a figure more moves nothing else."""
    site.open_tokens()
    site.change(FILE, before, after)
    raise_series(site.content, name)
    assert expected in (site.content / FILE).read_text("utf-8")


def test_other_line_ends_and_a_mark_at_the_start_stay(site: Site):
    """As some editors write them."""
    site.open_tokens()
    path = site.content / FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    raise_series(site.content, "directeurs")
    assert before.replace(b"serie: 1            #", b"serie: 2            #") == path.read_bytes()


def test_a_series_is_raised_again_and_again(site: Site):
    """From nine to ten too; the other edition's stays."""
    site.open_tokens()
    for _ in range(10):
        raise_series(site.content, "directeurs")
    assert {"enseignants": 1, "directeurs": 11} == series(site)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("inconnue", "édition inconnue « inconnue » ; éditions qui ont des fils à jeton : enseignants, directeurs"),
        ("public", "tout le monde la lit"),
    ],
)
def test_an_edition_without_token_feeds_is_told(site: Site, name: str, message: str):
    """And the file stays."""
    site.open_tokens()
    before = (site.content / FILE).read_bytes()
    with pytest.raises(ConfigurationError, match=message):
        raise_series(site.content, name)
    assert before == (site.content / FILE).read_bytes()


def test_a_file_that_would_say_something_else_is_left_as_it_was(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Better a hand than a wrong edit."""
    site.open_tokens()
    before = (site.content / FILE).read_bytes()

    def clumsy(text: str, *_: object) -> str:
        return text.replace("serie: 1", "serie: 2")  # of both editions

    monkeypatch.setattr("gazette.write.series._written", clumsy)
    with pytest.raises(ConfigurationError, match="écrivez vous-même serie: 2"):
        raise_series(site.content, "directeurs")
    assert (before, []) == ((site.content / FILE).read_bytes(), list(site.content.glob(".*tmp")))
