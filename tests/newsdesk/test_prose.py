"""HTML of elsewhere as our Markdown: same words, nothing active (M35-M38, F64, F67-F69)."""

import html as html_entities
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazette.newsdesk.prose import IMAGES, MARKED, Picture, prose, public_link
from gazette.newsdesk.prose import words as words_of
from gazette.read.render import render


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Un <strong> mot </strong>fort.</p>", "Un **mot** fort."),
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("<h1>Titre</h1>texte", "## Titre\n\ntexte"),
        ("<ul><li>a</li><li>b <em>c</em></li></ul>", "-   a\n\n-   b *c*"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1.  a\n\n    -   b\n\n2.  c"),
        ("<blockquote><p>dit</p></blockquote>après", "> dit\n\naprès"),
        ('<a href="/x?a=1">ici</a>', "[ici](https://e.example/x?a=1)"),
        ('<a href="javascript:alert(1)">ici</a>', "ici"),
        ("<table><tr><th>a<th>b</tr><tr><td>1<td>2|3</tr></table>", "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |"),
        ("un<br>deux", "un  \ndeux"),
        ("# pas un titre", "\\# pas un titre"),
        ("2026. Une année", "2026\\. Une année"),
        (": pas une définition", "&#58; pas une définition"),
        ("<b><b>gras", "**gras**"),
        ("</b></p>seul", "seul"),
    ],
)
def test_what_html_says_markdown_says(html: str, markdown: str):
    """One construct each."""
    assert markdown == prose(html, "https://e.example/").markdown


HOSTILE = (
    *("<script>alert(1)</script>", "<iframe src=//x>", "<style>*{}</style>", "<svg><script>1</script></svg>"),
    *("<math><mtext><style><img src=x onerror=alert(1)>", "<base href=//x>", "<form action=//x><input></form>"),
    *("&lt;script&gt;alert(1)&lt;/script&gt;", "<a href='jAvaScript:1'>x</a>", "<a href='data:text/html,1'>x</a>"),
    *("<p onclick=1 style='x' id=menu>x</p>", "<!-- <b> --!><img src=x onerror=1>", "`<script>`", "[x](javascript:1)"),
    *("<plaintext><script>", "<img src='https://t.example/pixel.gif?qui'>", "<x{: onclick=1 }>y", "texte {: #menu .x}"),
    *(
        "<noscript><p title='</noscript><img src=x onerror=1>'>",
        "![a](https://t.example/x.png)",
        "<https://x>",
        "[^1]: x",
    ),
    *(
        "*[HTML]: piège",
        "[a]: javascript:1 'b'",
        "!!! note\n    x",
        "<img alt='](javascript:1)' src=ftp://x>",
        "</div>",
    ),
)


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_active_comes_through(html: str):
    """Rendered, it holds no element that Markdown did not make of words, and nothing was taken out."""
    rendered = render(MARKED.sub("", prose(f"<p>avant {html} après</p>").markdown))
    active = ("<script", "<iframe", "<svg", "<img", "onclick", "onerror", "<form", "<style")
    found = [name for name in active if name in rendered["html"].replace("&lt;", "")]
    assert ([], [], True) == (found, rendered["faults"], "<p>" in rendered["html"])


WORDS = st.text("abcé #*_-+.:>!|`[](){}<>&\\~=1\"'\n", max_size=40)


@given(st.lists(WORDS, max_size=4))
@example(["```", "~~~", "~~a~~", "** a **", "a [^1] b", "[[a]]", "| a |\n| b |", "{{% a %}}"])
def test_words_come_out_as_they_went_in(words: list[str]):
    """Whatever Markdown or HTML would make of them: same letters in the same order."""
    html = "".join(f"<p>{html_entities.escape(w)}</p>" for w in words)
    rendered = render(prose(html).markdown)
    letters = [c for c in "".join(words) if c.isalnum()]
    assert (letters, []) == ([c for c in rendered["text"] if c.isalnum()], rendered["faults"])


def test_words_of_two_blocks_stay_apart():
    """In a title or summary on one line; the letters of one word do not."""
    html = (
        "<h2>Titre</h2>Un<p onclick=x>jour</p><script>a</script><a href='javascript:1'>cl<b>ic</b></a><ul><li>x</ul>y"
    )
    assert "Titre Un jour clic x y" == words_of(html)


def test_pictures_are_marked_and_counted():
    """In their order, absolute, twenty at most."""
    found = prose("<img src='/a.png' alt='A'>" * 25, "https://e.example/b/")
    assert (IMAGES, Picture("https://e.example/a.png", "A")) == (len(found.pictures), found.pictures[0])


def test_depth_costs_nothing():
    """F64: 100,000 nested elements are read at once."""
    start = time.process_time()
    prose("<div><blockquote><ul><li>" * 25_000 + "x")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "address", ["file:///etc", "//x", "http://u:p@h/", "ftp://h/", "http://[", "", "javascript:1", "mailto:", "https:"]
)
def test_only_public_addresses_are_linked(address: str):
    """F67: absolute http(s), without a password."""
    assert "" == public_link(address)
