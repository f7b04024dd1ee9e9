"""The desk: how each thing is addressed for one audience."""

from dataclasses import replace

import pytest

from gazette.model.body import Body
from gazette.model.entry import Entry
from tests.compose.newsstand import NAMES, article, desk, happening, linked, page, school, tool


def hrefs(name: str, body: Body, *others: Entry, own: str = "public", is_absolute: bool = False) -> list[str]:
    """Return where the links of a text lead in an edition."""
    entry = article("une", body=body, audience=own)
    return list(desk(name, [entry, *others]).body_hrefs(entry, is_absolute=is_absolute))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (article("une"), "actualites/une/"),
        (tool("mur"), "outils/mur/"),
        (school(), "ecoles/0869001S/"),
        (page("guide"), "guide/"),
        (happening("cross", "2026-11-24"), "frise/2026-2027/#e-evenements-cross"),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_each_kind_has_its_address(entry: Entry, expected: object):
    """Addresses of the contract, section 4."""
    assert expected == desk("public", [entry]).href(entry)


def test_a_link_leads_where_its_audience_may_go():
    """From a public text to a restricted one: nothing for the public, an absolute link for who may read it."""
    target = article("deux", audience="enseignants")
    found = {name: hrefs(name, linked("une", "deux.md"), target) for name in NAMES}
    absolute = ["https://enseignants.sourcelle.example/actualites/deux/"]
    assert {"public": [""], "enseignants": ["actualites/deux/"], "directeurs": absolute} == found


def test_a_link_from_a_restricted_text_to_an_open_one_is_absolute():
    """The open one is printed in another edition."""
    found = hrefs("enseignants", linked("une", "deux.md"), article("deux"), own="enseignants")
    assert ["https://sourcelle.example/actualites/deux/"] == found


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("deux.md", "actualites/deux/"),
        ("./deux.md", "actualites/deux/"),
        ("../actualites/deux.md", "actualites/deux/"),
        ("../outils/mur.md", "outils/mur/"),
        ("absent.md", ""),
        ("../../../etc/passwd.md", ""),
    ],
)
def test_a_link_follows_the_path_of_the_file(target: str, expected: object):
    """As an editor would, and never out of the folder."""
    assert [expected] == hrefs("public", linked("une", target), article("deux"), tool("mur"))


def test_a_link_may_lead_to_an_entry_that_is_a_folder():
    """``deux.md`` and ``deux/index.md`` are both the folder's entry."""
    folder = article("deux", path="actualites/deux/index.md")
    found = hrefs("public", linked("une", "deux/index.md", "deux.md"), folder)
    assert ["actualites/deux/"] * 2 == found


def test_an_anchor_that_is_not_there_is_dropped():
    """The link leads to the page; a link within the page, nowhere."""
    body = replace(linked("deux"), anchors=frozenset({"t-ici"}))
    found = hrefs("public", linked("une", "deux.md#ici", "deux.md#ailleurs"), article("deux", body=body))
    assert ["actualites/deux/#t-ici", "actualites/deux/"] == found


def test_an_anchor_of_the_same_page_stays_relative_on_it_and_is_absolute_in_a_feed():
    """A footnote must work in both."""
    body = replace(linked("une", "#ici", "#ailleurs", kind="anchor"), anchors=frozenset({"t-ici"}))
    found = [hrefs("public", body, is_absolute=flag) for flag in (False, True)]
    assert [["#t-ici", ""], ["https://sourcelle.example/actualites/une/#t-ici", ""]] == found


def test_an_address_typed_by_hand_must_be_one_of_the_edition():
    """``/frise/`` is; what is restricted, or nothing, is words alone."""
    targets = ("/frise/", "/actualites/deux/", "/directeurs/", "/mentions-legales/", "/nulle-part/")
    body = linked("une", *targets, kind="address")
    expected = ["frise/", "actualites/deux/", "", "mentions-legales/", ""]
    assert expected == hrefs("public", body, article("deux"))


def test_who_signs_is_a_function_or_a_school():
    """A school that is not in sight is not named."""
    here = desk("public", [school(), school("0869002T", audience="enseignants")])
    found = [here.author(article("une", author=a)) for a in ("cpc", "0869001S", "0869002T")]
    assert ["L’équipe des CPC", "École 0869001S", "Une école de la circonscription"] == found
