"""Where a link leads, and whether there is something there."""

import pytest

from gazette.model.newsroom import Audience
from gazette.proof.links import dead, target

PUBLIC = Audience(0, "public", "Tout public", "https://a.example/")
TEACHERS = Audience(1, "enseignants", "Enseignants", "https://a.example/enseignants/")
DIRECTORS = Audience(2, "directeurs", "Directeurs", "https://d.example/")
ALL = (PUBLIC, TEACHERS, DIRECTORS)
PAGE = "actualites/une/index.html"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("", ("public", PAGE, "")),
        ("#t-ici", ("public", PAGE, "t-ici")),
        ("../", ("public", "actualites/index.html", "")),
        ("..", ("public", "actualites/index.html", "")),
        ("../../", ("public", "index.html", "")),
        ("../../frise/#e-1", ("public", "frise/index.html", "e-1")),
        ("./", ("public", PAGE, "")),
        ("../../fils/tout.xml", ("public", "fils/tout.xml", "")),
        ("../deux/?a=1", ("public", "actualites/deux/index.html", "")),
        ("/frise/", ("public", "frise/index.html", "")),
        ("../%C3%A9t%C3%A9/", ("public", "actualites/été/index.html", "")),
        ("https://a.example/frise/", ("public", "frise/index.html", "")),
        ("https://a.example", ("public", "index.html", "")),
        ("https://a.example/enseignants/frise/", ("enseignants", "frise/index.html", "")),
        ("https://a.example/enseignants", ("enseignants", "index.html", "")),
        ("https://d.example/#x", ("directeurs", "index.html", "x")),
    ],
)
def test_a_link_within_the_circonscription_has_its_file(href: str, expected: tuple[str, str, str]):
    """As a server of static files would find it."""
    found = target(href, PAGE, PUBLIC, ALL)
    assert found
    assert expected == (found.audience.name, found.path, found.fragment)


@pytest.mark.parametrize(
    "href", ["https://b.example/", "mailto:a@b.example", "tel:+33", "//cdn.example/x", "http://a.example/"]
)
def test_a_link_elsewhere_is_no_business_of_ours(href: str):
    """It leaves the circonscription's sites."""
    assert None is target(href, PAGE, PUBLIC, ALL)


def test_a_link_to_the_root_leaves_an_edition_that_stands_in_a_folder():
    """``/frise/`` typed in the teachers' edition is not of that edition."""
    found = target("/frise/", "index.html", TEACHERS, ALL)
    assert found
    assert "index.html" != found.path != "frise/index.html"


IDS = {
    "public": {"index.html": frozenset({"a"}), "frise/index.html": frozenset({"e-1"}), "fils/tout.xml": frozenset()},
    "enseignants": {"index.html": frozenset(), "secret/index.html": frozenset()},
}


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("frise/", []),
        ("frise/#e-1", []),
        ("#a", []),
        ("fils/tout.xml", []),
        ("https://a.example/enseignants/", []),
        ("frise/#e-2", ["ancre"]),
        ("#b", ["ancre"]),
        ("nulle/part/", ["lien interne"]),
        ("../../../", ["lien interne"]),
        ("https://a.example/nulle-part/", ["lien interne"]),
        ("https://a.example/enseignants/secret/", ["lien vers"]),
        ("https://a.example/enseignants/nulle-part/", ["lien vers", "lien interne"]),
        ("https://d.example/une/", ["lien vers"]),
        ("https://d.example/", []),
    ],
)
def test_a_dead_or_forbidden_link_is_told(href: str, expected: list[str]):
    """From the public home page; the directors' edition was not printed this time."""
    told = [reason for _, reason in dead((href,), "index.html", PUBLIC, ALL, IDS)]
    assert expected == [
        next(e for e in ("ancre", "lien interne", "lien vers") if reason.startswith(e)) for reason in told
    ]


def test_a_restricted_page_may_link_to_an_open_one():
    """Not the other way round."""
    assert [] == list(dead(("https://a.example/frise/#e-1",), "index.html", TEACHERS, ALL, IDS))
