"""What a word processor leaves: told once each, at its line, and the text is printed all the same."""

import pytest

from gazette.read.worker import parse

TABLE = "| Classe | Jour |\n"


def told(body: str) -> list[tuple[str, int]]:
    """Return code and line of each fault of a text under a front matter of three lines."""
    found = parse(f"---\ntitre: x\n---\n{body}".encode())
    assert found["body"] is not None
    return [(code, line) for code, _, _, line, _ in found["faults"]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Avant.\n\n• premier\n• second\n", [("LEC-46", 6)]),
        ("·       Une puce\n", [("LEC-46", 4)]),
        ("\uf0b7 Une puce\n", [("LEC-46", 4)]),
        (f"{TABLE}| CP | lundi |\n", [("LEC-46", 4)]),
        (f"\n{TABLE}| CP | lundi |\n", [("LEC-46", 5)]),
        (f"Avant.\n\n{TABLE}| CP | lundi |\n", [("LEC-46", 6)]),
        ("![une photo](C:\\Users\\moi\\photo.jpg)\n", [("LEC-22", 4)]),
        ("![une photo](file:///home/moi/photo.jpg)\n", [("LEC-22", 4)]),
        ("![une photo](data:image/png;base64,AAAA)\n", [("LEC-22", 4)]),
        (f"{TABLE}| --- | --- |\n| CP | lundi |\n", []),
        (f"{TABLE}|:-:|---|\n| CP | lundi |\n", []),
        ("Une ligne | et une autre.\n", []),
        ("- premier\n- second · suite\n", []),
        ("```\n• du code\n```\n", []),
        ("    • du code\n", []),
        ("Voir [le site] (https://e.example/).\n", [("LEC-46", 4)]),
        ("Voir (le site)[https://e.example/].\n", [("LEC-46", 4)]),
        ("[en note] (comme ici), et [1](https://e.example/).\n", []),
        ("Un mot.\n\n![[dessin.png]]\n", [("LEC-46", 6)]),
        ("Voir [le site]().\n", [("LEC-20", 4)]),
        ("Voir [le site](www.e.example).\n", [("LEC-29", 4)]),
        ("Un mot[^1].\n\n[^2]: perdue\n", [("LEC-46", 4), ("LEC-46", 6)]),
        ("Un mot[^1].\n\n[^1]: note\n", []),
        ("Un mot.\n\n** gras **\n", [("LEC-46", 6)]),
        ("**Jamais\n\nrefermé.\n", [("LEC-46", 4)]),
        ("Un `**` et \\*\\* et **gras**.\n", []),
        ("Un mot.\n\n```\ncode\n\nSuite.\n", [("LEC-46", 6)]),
        ("Un <!-- mot -->.\n", []),
        ("Apportez :\n– un cahier\n– un crayon\n", [("LEC-46", 5)]),
        ("Un.\n\na) un cahier\nb) un crayon\n", [("LEC-46", 6)]),
        ("-un cahier\n-un crayon\n", [("LEC-46", 4)]),
        ("1)un cahier\n2)un crayon\n", [("LEC-46", 4)]),
        ("> → un cahier\n> → un crayon\n", [("LEC-46", 4)]),
        ("M. le maire,\nM. le principal,\np. 12\np. 14\n", []),
        ("a) un cahier\n\nb) un crayon\n", []),
        ("– Bonjour !  \n– Bonsoir !\n", []),
        ("Il fait\n-5 °C le matin,\n-3 °C le soir,\n1.5 de moins\n2.5 hier\n", []),
        ("- un\n- deux\n\n1. un\n2. deux\n", []),
        ("```\n-un\n-deux\n```\n", []),
        ("Un.\n\nUn ==mot marqué== ici.\n", [("LEC-46", 6)]),
        ("Un `==mot==`, a == b et c == d.\n\nTitre\n=====\n", []),
        ("De l’eau : H~2~O, et x^2^.\n", [("LEC-46", 4)]),
        ("Environ ~2 km, un ^ seul, \\~2\\~.\n", []),
        ("Voir [le site]( https://e.example/a ).\n", []),
        ("Voir https://e.example/a pour la suite.\n", [("LEC-46", 4)]),
        ("Un.\n\nhttps://e.example/a\n", [("LEC-46", 6)]),
        ("[a](https://e.example/), <https://e.example/>, <a href='https://e.example/'>d</a>\n", []),
        ("[b][c]\n\n[c]: https://e.example/\n", []),
        ("[https://e.example/](https://e.example/)\n", []),
        ("Un ~~mot~~ barré.\n", [("LEC-46", 4)]),
        ('Un.\n\n[gallery ids="1,2"]\n', [("LEC-46", 6)]),
        ("Un.\n\n{{< youtube abc >}}\n", [("LEC-46", 6)]),
        ("Un.\n\n<font color='red'>Un</font> et <u>deux</u>.\n", [("LEC-23", 6), ("LEC-23", 6)]),
        ("<h1>Un</h1>\n\n<abbr title='a'>b</abbr>, <sub>2</sub>, <mark>ici</mark>\n", [("LEC-23", 4)]),
        ("Un.\n\nBravo à <nom> <prénom> !\n", [("LEC-23", 6), ("LEC-23", 6)]),
        ("Un <b>mot</b>, <kbd>Alt</kbd>, <br> et 3 < 4 > 2.\n", []),
        ("`<!--` ouvre une remarque.\n", []),
    ],
)
def test_what_a_word_processor_leaves_is_told(body: str, expected: list[tuple[str, int]]):
    """Bullets that make no list, rows that make no table, pictures of somebody's own computer."""
    assert expected == told(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A.\n\n<!-- à revoir avec la famille\n\nSuite.\n", [("LEC-64", 6)]),
        ("<!-- close --> et <!-- non\n", [("LEC-64", 4)]),
        ("A.\n<<<<<<< HEAD\nUn.\n=======\nDeux.\n>>>>>>> autre\n", [("LEC-63", 5)]),
        ("```\n<<<<<<< HEAD\n```\n", []),
    ],
)
def test_what_was_never_meant_for_readers_is_told(body: str, expected: list[tuple[str, int]]):
    """A remark that nothing closes, two versions of a passage: the text waits, since both would be printed."""
    assert expected == told(body)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("mots_cles: #lecture #cm2", [("LEC-45", 3, 12)]),
        ("resume: #Défi", [("LEC-29", 3, 9)]),
        ("expire: # le jour où il part", []),
        ("expire:", []),
        ("resume: Le n°1 #défi", [("LEC-29", 3, 9)]),
    ],
)
def test_what_yaml_takes_for_a_remark_is_told(row: str, expected: list[tuple[str, int, int]]):
    """« # » starts one: a line is read as it was typed, a list cannot be, and either is said."""
    found = parse(f"---\ntitre: x\n{row}\n---\nTexte.\n".encode())
    assert expected == [(code, line, column) for code, _, _, line, column in found["faults"]]
