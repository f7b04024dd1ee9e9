"""Marks of a body, set for the page or feed that prints it (record 2)."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from gazette.model.body import Body, Reference
from gazette.model.media import Measure
from gazette.model.picture import Picture
from gazette.press.marks import set_marks
from gazette.read.render import render
from tests.samples import sample_image


@dataclass
class Holder:
    """What holds a text."""

    body: Body
    hrefs: tuple[str, ...] = ()


SHOWN = Picture(sample_image(), Measure(9, 9), (("m.webp", 9),), (("m.jpg", 9),))


def printed(html: str, *hrefs: str, pictures: tuple[Picture | None, ...] = ()) -> str:
    """Return the text as a page prints it, links in capitals, figures and pictures in brackets."""
    holder = Holder(Body(html), hrefs)
    return set_marks(holder, pictures, str.upper, lambda _: "[figure]", lambda _: "[image]")


def of_markdown(text: str, *hrefs: str, pictures: tuple[Picture | None, ...] = ()) -> str:
    """Return a Markdown text as a page prints it."""
    return printed(str(render(text)["html"]), *hrefs, pictures=pictures)


def test_a_link_leads_where_the_page_says():
    """The mark's number is the rank of its reference."""
    assert '<p><a href="UN/">a</a> <a href="DEUX/">b</a></p>' == of_markdown("[a](un.md) [b](deux.md)", "un/", "deux/")


def test_a_link_that_leads_nowhere_is_its_words():
    """With what they hold, and nothing of the link."""
    assert "<p>avant <strong>les</strong> mots après</p>" == of_markdown("avant [**les** mots](un.md) après", "")


def test_a_link_keeps_its_title_when_it_leads_somewhere():
    """``[mots](un.md "titre")``."""
    assert '<p><a href="UN/" title="plus">a</a></p>' == of_markdown('[a](un.md "plus")', "un/")


def test_a_link_that_leads_nowhere_loses_its_title_whatever_it_holds():
    """A ``>`` in a title does not end the tag early."""
    assert "<p>a</p>" == of_markdown('[a](un.md "un > deux")', "")


def test_an_ordinary_web_address_is_left_as_it_is():
    """It is no mark."""
    assert '<p><a href="https://exemple.fr/?a=1&amp;b=2">a</a></p>' == of_markdown("[a](https://exemple.fr/?a=1&b=2)")


def test_a_picture_alone_in_its_paragraph_is_a_figure():
    """And one within words stays within them."""
    found = of_markdown("![a](a.png)\n\nUn ![a](a.png) mot", "", "", pictures=(SHOWN, SHOWN))
    assert "[figure]\n<p>Un [image] mot</p>" == found


def test_a_picture_that_is_withheld_leaves_nothing():
    """Not even its alternative."""
    found = of_markdown("![secret](a.png)\n\nUn ![secret](a.png) mot", "", "", pictures=(None, None))
    assert "\n<p>Un  mot</p>" == found


def test_a_picture_within_a_link_that_leads_nowhere_stays():
    """Both marks are set, whichever holds the other."""
    text = "[![a](a.png)](un.md)"
    references = [r["kind"] for r in render(text)["references"]]
    hrefs = ("un/",) * 2
    pictures = tuple(SHOWN if kind == "image" else None for kind in references)
    found = [of_markdown(text, *h, pictures=pictures) for h in (hrefs, ("", ""))]
    assert ['<p><a href="UN/">[image]</a></p>', "[figure]"] == found


def test_footnotes_lead_to_their_place():
    """From the text to the note and back."""
    made = render("Mot[^1].\n\n[^1]: La note.")
    references = tuple(Reference(r["kind"], r["target"], r["fragment"]) for r in made["references"])
    found = printed(str(made["html"]), *(f"#t-{r.fragment}" for r in references))
    anchors = {r.fragment for r in references}
    assert [] == [a for a in anchors if f'id="t-{a}"' not in found or f'href="#T-{a.upper()}"' not in found]


def test_a_mark_that_an_author_typed_is_no_mark():
    """``gazette:0`` is no address that anybody may write."""
    found = of_markdown('[a](gazette:0) <a href="gazette:0">b</a> ![c](gazette:0)', "secret/", pictures=(SHOWN,))
    assert (False, False) == ("SECRET" in found, "[image]" in found)


PARTS = st.lists(
    st.sampled_from(
        [
            "[a](un.md)",
            '[b](deux.md "x > y")',
            "![c](c.png)",
            "**fort**",
            "\n\n",
            "- ",
            "> ",
            "[^1]",
            "\n\n[^1]: n\n\n",
            "`d`",
        ]
    ),
    max_size=12,
)


@given(PARTS, st.booleans())
def test_no_mark_is_left_in_print(parts: list[str], leads: bool):
    """Whatever a text is made of, a reader never meets ``gazette:``."""
    made = render(" ".join(parts))
    count = len(made["references"])
    pictures = tuple(SHOWN if leads else None for _ in range(count))
    found = printed(str(made["html"]), *(["x/" if leads else ""] * count), pictures=pictures)
    assert "gazette:" not in found
