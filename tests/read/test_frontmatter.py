"""Tests of read/frontmatter.py: YAML as a French hand types it, within bounds."""

import pytest

from gazette.read.frontmatter import SIZE_LIMIT, FrontMatter, front_matter
from gazette.read.pasted import UNMERGED


def matter(*lines: str, body: str = "Texte.\n") -> FrontMatter:
    """Read a file whose front matter has these lines."""
    return front_matter("\n".join(["---", *lines, "---", body]))


def codes(result: FrontMatter) -> list[tuple[str, int, int]]:
    """Return code, line and column of each fault."""
    return [(fault.code, fault.line, fault.column) for fault in result.faults]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Natation : mode d'emploi", "Natation : mode d'emploi"),
        ("Rallye : finale : 2 manches", "Rallye : finale : 2 manches"),
        ("Natation : mode d'emploi   # un titre", "Natation : mode d'emploi"),
        ('"Dictée : le « bilan »"', "Dictée : le « bilan »"),
        ("14:30", "14:30"),
        ("12:30:15", "12:30:15"),
        ("01200", "01200"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("no", "no"),
        ("Oui", "Oui"),
        ("on", "on"),
        ("2026-10-06", "2026-10-06"),
        ("2026-10-06 14:30", "2026-10-06 14:30"),
        ("9" * 17, "9" * 17),
        ("12", 12),
        ("-3", -3),
        ('"12"', "12"),
        ("true", True),
        ("false", False),
        ('"true"', "true"),
        ("[null, ~]", [None, None]),
        ("[CP, CE1, 6e]", ["CP", "CE1", "6e"]),
        ("{debut: 2026-10-06, fin: 14:30}", {"debut": "2026-10-06", "fin": "14:30"}),
    ],
)
def test_scalars_stay_what_was_typed(typed: str, value: object):
    """YAML 1.1's octal, sexagesimal, boolean and date readings never happen."""
    result = matter(f"titre: {typed}")
    assert ({"titre": value}, []) == (result.values, result.faults)


def test_a_french_colon_is_mended_on_every_line_it_breaks():
    """Several values with a space before a colon load, nested ones and apostrophes included: nothing to say."""
    result = matter("titre: Un : deux", "evenements:", "  - titre: L'heure : 14:30", "    lieu: stade : entrée")
    expected = {"titre": "Un : deux", "evenements": [{"titre": "L'heure : 14:30", "lieu": "stade : entrée"}]}
    assert (expected, []) == (result.values, result.faults)


@pytest.mark.parametrize(
    "typed",
    [
        "@lecture",
        "%50 des élèves",
        "`code`",
        "[EPS] Natation",
        "{x} et y",
        '"Lire" en CP',
        "'Lire' et dire",
        '"A" : b',
        "- Sortie",
        "? quoi",
        "> 12 ans",
        "Semaine #lecture",
        "#lecture",
    ],
)
@pytest.mark.parametrize("remark", ["", "          # ce que dit l'article"])
def test_signs_of_yaml_in_a_value_are_read_as_typed_and_told(typed: str, remark: str):
    """What a hand types with no thought of YAML is its value, less the remark of the draft that stands after it."""
    result = matter(f"titre: {typed}{remark}", "date: 2026-11-02")
    assert {"titre": typed, "date": "2026-11-02"} == result.values
    assert [("LEC-29", 2, 8)] == codes(result)


@pytest.mark.parametrize(("typed", "value"), [("'L'école'", "L'école"), ('"Le "bon" sens"', 'Le "bon" sens')])
def test_quotes_within_quotes_are_read_as_typed(typed: str, value: str):
    """The outer pair is what YAML asks for; the inner ones are words of the author."""
    assert value == matter(f"titre: {typed}").values["titre"]


def test_a_remark_that_speaks_of_a_hash_stays_a_remark():
    """What stands after « # » and a space is no value, whatever it holds."""
    assert {"titre": "Un texte"} == matter("titre: Un texte   # puis #lecture").values


def test_a_title_between_stars_is_told_where_it_stands():
    """Emphasis at the head of a value is named for what it is, on its own line."""
    assert [("LEC-05", 2, 1)] == codes(matter("titre: *Important*", "date: 2026-11-02"))


def test_mending_has_an_end():
    """A front matter that needs more repairs than a person would make is told unreadable."""
    result = matter(*(f"k{n}: a : b" for n in range(30)))
    assert ["LEC-04"] == [fault.code for fault in result.faults]


def test_a_key_without_value_is_as_good_as_absent():
    """An empty line of a template is no value, at any depth, but it still counts as written."""
    result = matter("titre:", "titre: Un", "images:", "  - legende: ~", "    alt: null", "    credit: ''")
    assert ({"images": [{"credit": ""}]}, [("LEC-06", 3, 1)]) == (result.values, codes(result))


def test_places_are_those_of_the_file():
    """A value has its line and column, what spans lines those of its key, list items and nested keys included."""
    result = matter("titre: Un", "images:", "  - fichier: a.png", "    alt: b")
    places = {path: result.places[path] for path in [("titre",), ("images",), ("images", 0), ("images", 0, "alt")]}
    assert {("titre",): (2, 8), ("images",): (3, 1), ("images", 0): (4, 5), ("images", 0, "alt"): (5, 10)} == places


def test_a_repeated_key_is_found_and_its_first_value_stays():
    """A duplicate is a fault at the second key; the place stays the first value's."""
    result = matter("edition: directeurs", "titre: Un", "edition: public")
    assert ("directeurs", [("LEC-06", 4, 1)], (2, 10)) == (
        result.values["edition"],
        codes(result),
        result.places["edition",],
    )


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["a: &x 1", "b: *x"], (2, 4)),
        (["a: 1", "b: *absent"], (3, 4)),
        (["a: !!python/object/apply:os.system [ls]"], (2, 4)),
        (["a: !!binary aGVsbG8="], (2, 4)),
        (["a: !!set {b}"], (2, 4)),
        (["? [a, b]", ": c"], (2, 3)),
        (["titre: " + "[" * 3000], (2, 18)),
    ],
)
def test_what_a_front_matter_never_needs_is_out_of_bounds(lines: list[str], place: tuple[int, int]):
    """Aliases, tags, keys that are no word and deep nesting are one LEC-05, where they stand, and nothing is read."""
    result = matter(*lines)
    assert ({}, [("LEC-05", *place)]) == (result.values, codes(result))


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["titre: 'Un"], (2, 8)),
        (["date: 2026-11-02", 'titre: "Un', "statut: publie", 'resume: "Deux lignes."'], (3, 8)),
        (["titre: 'Un", "images:", "  - alt: L'arbre"], (2, 8)),
        (['resume: "Deux', ' lignes."', "titre: 'Un", "auteur: 'cpc'"], (4, 8)),
        (["titre: Un", " date: deux"], (3, 6)),
        (["titre: [a, b"], (2, 8)),
        (["\ttitre: Un"], (2, 1)),
        (["- a"], (2, 1)),
        (["un mot seul"], (2, 1)),
    ],
)
def test_broken_yaml_is_told_where_it_breaks(lines: list[str], place: tuple[int, int]):
    """A fault of syntax is one LEC-04 with its line and column in the file."""
    result = matter(*lines)
    assert ({}, [("LEC-04", *place)]) == (result.values, codes(result))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["titre = Un", "date: 2026-11-02"], ("LEC-04", 2, "« = » à la place des deux-points")),
        (["date: 2026-11-02", "titre：Un"], ("LEC-04", 3, "« ： » à la place des deux-points")),
        (["<<<<<<< HEAD", "titre: A", "=======", "titre: B", ">>>>>>> autre"], ("LEC-63", 2, UNMERGED[1])),
        (["titre: A", "<<<<<<< HEAD"], ("LEC-63", 3, UNMERGED[1])),
        (["titre: Un = deux"], None),
    ],
)
def test_what_stands_for_a_colon_is_named(rows: list[str], told: tuple[str, int, str] | None):
    """Another sign, or git's two versions of the same lines."""
    found = matter(*rows).faults
    assert ([told] if told else []) == [(fault.code, fault.line, fault.message) for fault in found]


@pytest.mark.parametrize("text", ["Un texte.\n", "---\ntitre: Un\n", " ---\ntitre: Un\n---\n", "", "----\na: 1\n---\n"])
def test_a_missing_fence_is_told(text: str):
    """Without both fences there is no front matter, and the whole file is body."""
    result = front_matter(text)
    assert ({}, [("LEC-01", 1, 1)], text) == (result.values, codes(result), result.body)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \n\n", "fichier vide"),
        ("---\ntitre: Un\n\nTexte.\n", "en-tête non refermé"),
        ("Un texte.\n", "en-tête absent"),
        ("\n ---\ntitre: Un\n---\n", "en-tête précédé d'espaces ou de lignes vides"),
        ("—\ntitre: Un\n—\n", "« — » n'ouvre pas d'en-tête"),
        ("----\ntitre: Un\n----\n", "« ---- » n'ouvre pas d'en-tête"),
    ],
)
def test_a_missing_fence_is_told_by_what_is_there(text: str, told: str):
    """Nothing, an opening fence alone, or a text."""
    assert [told] == [fault.message for fault in front_matter(text).faults]


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\ntitre: Un\n---\nTexte", "Texte", 4),
        ("--- \ntitre: Un\n---\t\n\nTexte", "\nTexte", 4),
        ("---\ntitre: Un\n...\nTexte", "Texte", 4),
        ("---\n---\nTexte", "Texte", 3),
        ("---\ntitre: Un\n---", "", 3),
        ("---\ntitre: Un\n---\nA\n\n---\nB", "A\n\n---\nB", 4),
    ],
)
def test_the_body_starts_under_the_second_fence(text: str, body: str, line: int):
    """The first closing fence ends the front matter; later rules belong to the text."""
    result = front_matter(text)
    assert (body, line, []) == (result.body, result.body_line, result.faults)


def test_a_huge_front_matter_is_not_even_parsed():
    """10 MB between the fences is one LEC-03, and the body is still found."""
    result = front_matter("---\nx: " + "a" * 10_000_000 + "\n---\nTexte")
    assert ({}, [("LEC-03", 1, 1)], "Texte") == (result.values, codes(result), result.body)


def test_the_size_limit_counts_bytes():
    """Accents count for what they weigh."""
    sizes = {length: codes(matter("x: " + "é" * length)) for length in (SIZE_LIMIT // 2 - 10, SIZE_LIMIT // 2)}
    assert {SIZE_LIMIT // 2 - 10: [], SIZE_LIMIT // 2: [("LEC-03", 1, 1)]} == sizes


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_editors_do(end: str):
    """A line end of YAML's alone does not shift the places of what follows."""
    result = matter(f"titre: Un{end}deux", "date: 2026-10-06")
    assert ("Un deux", (3, 7)) == (result.values["titre"], result.places["date",])


def test_a_mark_of_yaml_does_not_stop_the_first_document():
    """Comments and an empty front matter hold no key, and no fault."""
    assert [({}, []), ({"titre": "Un"}, [])] == [
        (result.values, result.faults) for result in (matter("# rien"), matter("# un", "titre: Un # deux"))
    ]


@pytest.mark.parametrize("text", ["", "\n", "  \n\t\n"])
def test_an_empty_file_is_told_as_such(text: str):
    """It has no head because it has nothing."""
    assert ["fichier vide"] == [fault.message for fault in front_matter(text).faults]
