"""Lists within lists, as authors indent them."""

import re

import pytest

from gazette.read.render import render

NOTE = '<div class="admonition note"><p class="admonition-title">Note</p>'
FLAT, DEEP = "<ul><li>a</li><li>b</li></ul>", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"


def html(text: str) -> str:
    """Return the HTML of a text without its line breaks."""
    return re.sub(r">\s+<", "><", re.sub(r"\n(?=<)|(?<=>)\n", "", render(text)["html"].strip()))


@pytest.mark.parametrize("step", [2, 3, 4])
def test_a_list_stands_in_its_list(step: int):
    """Two, three or four spaces a level, and back."""
    assert DEEP == html(f"- a\n{' ' * step}- b\n{' ' * 2 * step}- c\n- d")


@pytest.mark.parametrize("step", [2, 3, 4])
def test_bullets_stand_in_a_numbered_list(step: int):
    """Whose numbers go on."""
    found = html(f"1. a\n{' ' * step}- b\n2. c")
    assert "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>" == found


def test_a_second_paragraph_stays_in_its_item():
    """With the item's two spaces, after an empty line; without any, the list is over."""
    assert "<ul><li><p>a</p><p>suite</p></li></ul>" == html("- a\n\n  suite")
    assert "<ul><li>a</li></ul><p>suite</p>" == html("- a\n\nsuite")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Au programme\n- a\n- b\n\nSuite", f"<p>Au programme</p>{FLAT}<p>Suite</p>"),
        ("## Titre\n* a\n* b", f'<h2 id="t-titre">Titre</h2>{FLAT}'),
        ("un\n1. a\n2. b", "<p>un</p><ol><li>a</li><li>b</li></ol>"),
        ("- a\n- b\n\nSuite\n- a\n- b", f"{FLAT}<p>Suite</p>{FLAT}"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("un\n1) a\n   - b\n2) c", "<p>un</p><ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("en l'an\n1987. a", "<p>en l’an\n1987. a</p>"),
        ("un\n-a", "<p>un\n-a</p>"),
        ("(un\n2) a", "<p>(un\n2) a</p>"),
        ("un (page 3) et\n- deux (page 4) de", "<p>un (page 3) et</p><ul><li>deux (page 4) de</li></ul>"),
        ("un\n\n    1) code", "<p>un</p><pre><code>1) code</code></pre>"),
    ],
)
def test_a_list_may_stand_right_under_a_sentence(source: str, expected: str):
    """As everywhere else that authors write: no empty line is asked for; a year at a line's head is no list."""
    assert expected == html(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> un\n> - a\n> - b\n\nSuite", f"<blockquote><p>un</p>{FLAT}</blockquote><p>Suite</p>"),
        ("> un\n>- a\n>   - b\n> fin", "<blockquote><p>un</p><ul><li>a<ul><li>b\nfin</li></ul></li></ul></blockquote>"),
        ("> un\n>\n> deux\n- a\n- b", f"<blockquote><p>un</p><p>deux</p></blockquote>{FLAT}"),
        (
            "!!! note\n    un\n    1) a\n    2) b\n\n    deux\n\nSuite\n- a\n- b",
            f"{NOTE}<p>un</p><ol><li>a</li><li>b</li></ol><p>deux</p></div><p>Suite</p>{FLAT}",
        ),
        (
            "!!! note\n    un\n\n        code\n    - a\n",
            f"{NOTE}<p>un</p><pre><code>code</code></pre><ul><li>a</li></ul></div>",
        ),
    ],
)
def test_a_list_stands_under_a_sentence_that_is_quoted(source: str, expected: str):
    """In an admonition too; what comes after is no part of it."""
    assert expected == html(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- a\n - b", FLAT),
        ("- a\n\n        code", "<ul><li>a<pre><code>code</code></pre></li></ul>"),
        ("texte\n\n    - code", "<p>texte</p><pre><code>- code</code></pre>"),
        ("```\n- a\n  - b\n```", "<pre><code>- a\n  - b</code></pre>"),
        ("- a\n\n* * *", "<ul><li>a</li></ul><hr>"),
    ],
)
def test_the_rest_is_as_it_was(source: str, expected: str):
    """A space too many, code, a rule."""
    assert expected == html(source)


@pytest.mark.parametrize("fence", ["```", "~~~", "```bash"])
@pytest.mark.parametrize("step", [2, 3, 4])
def test_code_stands_in_its_item(step: int, fence: str):
    """With its own indents and empty lines, before the next item, at any depth; the list goes on."""
    pad, close = " " * step, fence[:3]
    block = f"{pad}{fence}\n{pad}un\n\n{pad}  deux\n{pad}{close}"
    code = "<pre><code>un\n\n  deux</code></pre>"
    assert f"<ul><li><p>a</p>{code}</li><li><p>b</p></li></ul>" == html(f"- a\n\n{block}\n- b")
    inner = "\n".join(pad + line if line else line for line in block.split("\n"))
    assert code in html(f"1. a\n{pad}- b\n{inner}\n2. c")


def test_a_fence_that_nothing_closes_takes_nothing_in():
    """What follows the list is still there."""
    assert "<h2" in html("- a\n  ```\n  code\n\n## Suite\n\nTexte")
    assert "hors liste" in html("  ```\n  hors liste\n  ```")
