"""Tests of read/render.py: Markdown becomes safe HTML, whoever wrote it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model.typography import NO_BREAK, THIN
from gazette.read import render as module
from gazette.read.render import ATTRIBUTES, TAGS, render

HOSTILE = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//t.example/x.js></sCrIpT>",
    "<iframe src='https://t.example'>cadre</iframe>",
    "<style>body{background:url(//t.example)}</style>",
    "<base href='//t.example/'><meta http-equiv=refresh content='0;url=//t.example'>",
    "<form action=//t.example><input name=mdp><textarea>x</textarea><button>ok</button></form>",
    "<object data=x></object><embed src=x>",
    "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<plaintext>",
    "<!-- <script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<video src=//t.example/v poster=//t.example/p></video><audio src=//t.example/a></audio>",
    "<p style='background:url(//t.example)' onclick=alert(1)>x</p>",
    "<a href='https://ok.example' ping='https://t.example' target=_top onmouseover=x>x</a>",
    "<link rel=preconnect href=//t.example>",
    "<div><script\n>alert(1)</script\n></div>",
    "<img srcset='//t.example/a 2x' src=a.png>",
    "<details ontoggle=alert(1) open>x</details>",
)


class Tags(HTMLParser):
    """Collects each tag with its attributes, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag alone, then each of its attributes."""
        self.seen += [(tag, ""), *((tag, name) for name, _ in attrs)]


def unsafe(html: str) -> set[tuple[str, str]]:
    """Return the tags and attributes that a text may not have."""
    tags = Tags()
    tags.feed(html)
    ours = {("div", "tabindex"), ("div", "role"), ("div", "aria-label")}
    lawful = {(tag, name) for tag in TAGS for name in {"", *ATTRIBUTES["*"], *ATTRIBUTES.get(tag, ())}}
    return set(tags.seen) - lawful - ours


def html(text: str) -> str:
    """Return the HTML of a text."""
    return str(render(text)["html"])


def told(text: str) -> list[str]:
    """Return the codes of what a text's author is told."""
    return [fault[0] for fault in render(text)["faults"]]


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_html_leaves_only_lawful_tags(source: str):
    """No tag, attribute or foreign address gets through, alone or inside a paragraph."""
    outputs = [html(source), html(f"Un *mot* {source} suivi."), html(f"- {source}\n- fin")]
    assert [(set(), False)] * 3 == [(unsafe(out), "t.example" in re.sub(r">[^<]*<", "><", out)) for out in outputs]


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "<", ">", '"', "'", "`", "[", "](", ")", "\n\n", "    ", "<a href=", "--!>", "&"])
    )
)
def test_no_mixture_of_hostile_parts_gets_through(parts: list[str]):
    """However such parts are put together, what comes out is lawful."""
    assert set() == unsafe(html("".join(parts)))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("<script>x</script>", "script"),
        ("<iframe src=x></iframe>", "iframe"),
        ("<svg></svg>", "svg"),
        ("<FORM>", "form"),
    ],
)
def test_what_was_taken_out_is_told(source: str, name: str):
    """The author learns which tag went."""
    assert [("LEC-23", f"balise HTML interdite <{name}>, retirée")] == [f[:2] for f in render(source)["faults"]]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,<b>x</b>",
        "file:///etc/passwd",
        "blob:https://t.example/x",
        "//t.example/x",
        "\\\\t.example\\partage",
        "http://127.0.0.1:8000/",
        "http://localhost/",
        "https://imprimante.local/",
        "http://[::1]/",
        "http://192.168.1.1/",
        "http://[malformee/",
        "https://a℀b/",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "[x][r]\n\n[r]: {}", '<a href="{}">x</a>', "<{}>"])
def test_a_link_that_no_reader_should_follow_has_no_address(address: str, form: str):
    """Whatever its spelling, such a link leaves its words alone."""
    assert [] == re.findall(r"(?i)(?:href|src)=\"(?!gazette:)[^\"]*", html(form.format(address)))


@pytest.mark.parametrize(
    "address", ["java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", " javascript:alert(1)"]
)
def test_white_space_hides_no_scheme(address: str):
    """What browsers skip inside a scheme opens nothing: at most a mark for a file that does not exist."""
    addresses = re.findall(r"href=\"([^\"]*)", html(f'<a href="{address}">x</a>'))
    assert [] == [a for a in addresses if not a.startswith("gazette:")]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[x](JavaScript:alert(1))", "lien interdit (javascript:)"),
        ("[x](data:text/html,y)", "lien interdit (data:)"),
        ("[x](file:///etc/passwd)", "lien interdit (file:)"),
        ("[x](//t.example)", "lien incomplet (//…)"),
        ("[x](https://a℀b/)", "adresse de lien illisible"),
    ],
)
def test_a_forbidden_link_is_told(source: str, message: str):
    """The author of a link without future learns it."""
    assert [("LEC-20", message)] == [fault[:2] for fault in render(source)["faults"]]


@pytest.mark.parametrize(
    "address",
    ["https://eduscol.example/a?b=1&amp;c=2#d", "http://x.example/", "mailto:cpc@x.example", "tel:+33599000000"],
)
def test_an_ordinary_link_stays(address: str):
    """Outside addresses are printed as written, without a word to anybody."""
    result = render(f"[x]({address})")
    assert (f'<p><a href="{address}">x</a></p>', []) == (result["html"], result["faults"])


@pytest.mark.parametrize(
    ("source", "kind", "target", "fragment"),
    [
        ("[x](../projets/2026-11-05-expo.md#calendrier)", "entry", "../projets/2026-11-05-expo.md", "calendrier"),
        ("[x]({filename}b.md)", "entry", "b.md", ""),
        ("[x](|filename|b.md)", "entry", "b.md", ""),
        ("[x](b%20c.md#%C3%A9t%C3%A9)", "entry", "b c.md", "été"),
        ("[x](/mentions-legales/#h)", "address", "/mentions-legales/", "h"),
        ("[x](plan.pdf)", "file", "plan.pdf", ""),
        ("[x]({static}/../../etc/passwd)", "file", "/../../etc/passwd", ""),
        ("[x](#partie)", "anchor", "", "partie"),
        ("![x](dessin.png)", "image", "dessin.png", ""),
        ("![x]({static}img/d%C3%A9.png)", "image", "img/dé.png", ""),
    ],
)
def test_what_is_ours_becomes_a_mark(source: str, kind: str, target: str, fragment: str):
    """Links and pictures of the site are numbered, for whoever prints them to resolve."""
    result = render(source)
    reference = {"kind": kind, "target": target, "fragment": fragment}
    assert ([reference], 1, []) == (result["references"], result["html"].count('"gazette:0"'), result["faults"])


@pytest.mark.parametrize(
    "source",
    [
        "![x](https://t.example/p.png)",
        "![x](//t.example/p.png)",
        "<img src='http://t.example/p.png' alt=x>",
        "![x](data:image/png;base64,xx)",
    ],
)
def test_a_remote_picture_is_not_asked_for(source: str):
    """Readers are never sent to another site for a picture: its description stands in its place."""
    result = render(source)
    assert ([], "<p>x</p>") == (result["references"], re.sub(r"\n", "", result["html"]))


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("a <img src=https://t.example/p.png> b", "<p>a  b</p>"),
        ("<img> ![x](https://t.example/p.png)", "<p> x</p>"),
        ("![a > b src=](https://t.example/p.png) ![y](d.png)", '<p>a &gt; b src= <img alt="y" src="gazette:0"></p>'),
        (
            "![&lt;script&gt;alert(1)&lt;/script&gt;](https://t.example/p.png)",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
        ("![<b onclick=x()>](https://t.example/p.png)", "<p>&lt;b onclick=x()&gt;</p>"),
        ("![d'un « x » & y](https://t.example/p.png)", "<p>d'un « x » &amp; y</p>"),
    ],
)
def test_no_picture_is_left_without_address(source: str, printed: str):
    """It would be no valid HTML; its description is words, never markup."""
    assert printed == html(source)


def test_a_remote_picture_is_told():
    """Its author learns to copy it."""
    assert ["LEC-22"] == told("![x](https://t.example/p.png)")


def test_attribute_lists_dress_but_do_not_act():
    """Of ``{: … }`` there remain an id and our own classes."""
    source = "Texte\n{: onclick='x()' style='color:red' #accueil .evil .note }\n\n[x](a.md){: target=_blank onclick=x }"
    assert '<p class="note" id="t-accueil">Texte</p>\n<p><a href="gazette:0">x</a></p>' == html(source)


def test_ids_are_prefixed_and_unique():
    """No id of a text takes the place of one of the theme's, nor of another of its own."""
    result = render("## Un {: #menu }\n\n## Deux {: #menu }\n\n<p id='a b'>x</p>\n")
    assert ['<h2 id="t-menu">Un</h2>', "<h2>Deux</h2>", '<p id="t-a-b">x</p>'] == [
        s for s in result["html"].split("\n") if s and s != "<p></p>"
    ]


def test_headings_never_skip_a_level():
    """The page has its own h1: a text starts at h2 and goes down one step at a time."""
    result = render("# Un\n\n#### Deux\n\n## Trois\n\n###### Quatre\n\n###### Cinq")
    levels = [2, 3, 2, 3, 4]
    assert (levels, [2, 3, 2, 3]) == (
        [int(n) for n in re.findall(r"<h(\d)", result["html"])],
        [h[0] for h in result["headings"]],
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h5>b</h5>\n\n## c\n\n<h6 title='x'>d</h6>", "<h2>b</h2> <h2>c</h2> <h3>d</h3>"),
        ("<table><tr><th>a</th><th scope='row'>b</th></tr></table>", '<th scope="col">a</th><th scope="row">b</th>'),
        ("Un [](https://ac-sourcelle.example/) lien.", "Un  lien."),
    ],
)
def test_html_written_by_hand_is_held_to_the_same(source: str, expected: str):
    """Levels, scopes, and links that have a name: the proof asks them of every page (R44, R47, R48)."""
    made = re.sub(r'<(h\d) (?:id|title)="[^"]*">', r"<\1>", html(source))
    assert expected in re.sub(r"\n+", " ", made)


def test_headings_are_listed_with_their_anchors():
    """What the table of contents needs: level, anchor, words."""
    result = render("## L'été & l'école\n\n### Été {: #saison }")
    expected = [(2, "t-lété-lécole", "L’été & l’école"), (3, "t-saison", "Été")]
    assert expected == [(level, anchor, title) for level, anchor, title in result["headings"]]


def test_tables_have_scopes_a_caption_and_a_region():
    """A paragraph « Tableau : … » above becomes the caption; alignment styles go."""
    table = '<div class="table" tabindex="0" role="region" aria-label="Tableau 1"><table>'
    expected = f"""{table}
<caption>scores de <em>CM1</em></caption><thead>
<tr>
<th scope="col">a</th>
<th scope="col">b</th>
</tr>
</thead>
<tbody>
<tr>
<td>1</td>
<td>2</td>
</tr>
</tbody>
</table></div>
<p>Fin.</p>"""
    assert expected == html("Tableau : scores de *CM1*\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\nFin.")


def test_an_ordinary_paragraph_is_no_caption():
    """Only « Tableau : » makes one, and only right above."""
    assert (0, 0) == (
        html("Voici :\n\n| a |\n|---|\n| 1 |").count("<caption"),
        html("Tableau : x\n\nNon.\n\n| a |\n|---|\n| 1 |").count("<caption"),
    )


def test_footnotes_speak_french():
    """The way back is told in French, and both ends meet."""
    result = render("Mot[^a].\n\n[^a]: La note.")
    ends = {f"t-{reference['fragment']}" for reference in result["references"]}
    assert (True, ends) == ('title="Revenir à la note 1 dans le texte"' in result["html"], set(result["anchors"]))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('Il dit "oui" !', f"<p>Il dit «{THIN}oui{THIN}»{THIN}!</p>"),
        ("Et : l'eau...", f"<p>Et{THIN}: l’eau…</p>"),
        ("**Attention !** puis ; fin ?", f"<p><strong>Attention{THIN}!</strong> puis{THIN}; fin{THIN}?</p>"),
        ("12 000 élèves, n° 3", f"<p>12{THIN}000 élèves, n°{NO_BREAK}3</p>"),
        ('`a ? b : "c"...`', '<p><code>a ? b : "c"...</code></p>'),
        ("    x = 'a' !", "<pre><code>x = 'a' !\n</code></pre>"),
        ("```\nif a : b !\n```", "<pre><code>if a : b !\n</code></pre>"),
        ("<https://x.example/a;b?c=d!>", '<p><a href="https://x.example/a;b?c=d!">https://x.example/a;b?c=d!</a></p>'),
        ("[x](https://x.example/l'eau...html)", '<p><a href="https://x.example/l\'eau...html">x</a></p>'),
    ],
)
def test_typography_is_french_outside_code_and_addresses(source: str, expected: str):
    """Spaces, guillemets and apostrophes are set in words and nowhere else."""
    assert expected == html(source)


def test_templates_are_words():
    """What another engine would run stays as typed."""
    assert "<p>{{ config }} {% include 'x' %}</p>" == html("{{ config }} {% include 'x' %}")


def test_one_text_leaves_nothing_in_the_next():
    """The reused instance forgets references, footnotes, abbreviations and headings."""
    before = render("Le RASED.[^1]\n\n## Un\n\n[x][r]\n\n[^1]: N.\n")
    render("*[RASED]: Réseau\n\n[r]: https://x.example\n\n[^1]: Autre.\n\n## Un\n")
    assert before == render("Le RASED.[^1]\n\n## Un\n\n[x][r]\n\n[^1]: N.\n")


def test_words_are_counted_and_gathered():
    """What proofs and search read: the words alone, apart from one another."""
    result = render("## Un titre\n\n- a\n- b\n\n| c |\n|---|\n| d |\n\n*e*f &amp; <script>g</script>")
    assert (8, "Un titre a b c d ef &") == (result["words"], result["text"])


@pytest.mark.parametrize(
    ("source", "kept"),
    [('<p lang="en-GB" dir="rtl">x</p>', True), ('<p lang="Klingon !">x</p>', False), ('<p dir="haut">x</p>', False)],
)
def test_a_language_that_does_not_exist_is_taken_out(source: str, kept: bool):
    """It would make a page that is no valid HTML, which stops the publication of all."""
    assert kept is ("lang=" in render(source)["html"] or "dir=" in render(source)["html"])


MARKS = (
    "`",
    "\\",
    "[^1]",
    "[a]",
    "(b.md)",
    "![",
    "<b>",
    "<https://a.fr>",
    "<c@d.fr>",
    "&amp;",
    "e@f.fr",
    "*",
    "_",
    "mot",
    "\n\n",
)


@given(st.lists(st.sampled_from(MARKS), max_size=12).map(" ".join))
def test_patterns_that_a_text_has_no_sign_of_change_nothing(text: str):
    """A text is read with the inline patterns whose signs it has, as it would be with all of them."""
    every = list(module._markdown().inlinePatterns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_patterns", lambda _: every)
        expected = render(text)
    assert expected == render(text)
