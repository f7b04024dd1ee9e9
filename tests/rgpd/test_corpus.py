"""The corpus that measures the detection of personal data keeps its shape, its labels and its check digits."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "donnees" / "lignes.tsv"
HEADER, *LINES = [tuple(line.split("\t")) for line in CORPUS.read_text("utf-8").removesuffix("\n").split("\n")]

BOTH_LABELS = (
    *("telephone_personnel", "courriel_personnel", "nir", "ine", "iban", "eleve_nomme", "liste_classe", "sensible"),
    *("date_naissance", "adresse_personnelle", "entete_nominatif"),
)
CONTEXTS = "actualite agenda alt courriel csv depeche fichier legende note page tableau".split()


def texts(family: str, label: str) -> list[str]:
    """Return the texts of a family that bear a label."""
    return [line[3] for line in LINES if line[:2] == (label, family)]


def numbers(text: str, size: int) -> list[str]:
    """Return every run of so many signs in a text rid of what separates the groups of a number."""
    signs = re.sub(r"CLÉ|[^0-9A-Z]", "", text.upper())
    return [signs[start : start + size] for start in range(len(signs) - size + 1)]


def is_iban(number: str) -> bool:
    """Tell whether a number is an IBAN whose check digits are right (ISO 13616)."""
    turned = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return bool(re.match(r"[A-Z]{2}\d{2}", number)) and int(turned) % 97 == 1


def is_nir(number: str) -> bool:
    """Tell whether a number is a NIR whose key is right (Corsica counts as 19 and 18)."""
    digits = number.replace("2A", "19", 1).replace("2B", "18", 1)
    shape = re.fullmatch(r"([12]\d{2}(?:0[1-9]|1[0-2])\d{8})(\d{2})", digits)
    return bool(shape) and int(shape[1]) % 97 + int(shape[2]) == 97


def has_iban(text: str) -> bool:
    """Tell whether an IBAN of France or of a neighbour stands in a text."""
    sizes = {"FR": 27, "BE": 16, "DE": 22, "LU": 20}
    return any(
        is_iban(number) for country, size in sizes.items() for number in numbers(text, size) if number[:2] == country
    )


def has_nir(text: str) -> bool:
    """Tell whether a NIR stands in a text."""
    return any(is_nir(number) for number in numbers(text, 15))


def test_columns():
    """Four columns under their names, all of them filled, in composed Unicode."""
    assert ("attendu", "famille", "contexte", "texte") == HEADER
    assert [] == [line for line in LINES if len(line) != 4 or not all(map(str.strip, line))]
    assert [] == [line for line in LINES if unicodedata.normalize("NFC", line[3]) != line[3]]


def test_size():
    """It is large enough to measure with, and about half of it is personal."""
    labels = Counter(line[0] for line in LINES)

    assert {"oui", "non"} == set(labels)
    assert len(LINES) >= 400
    assert 0.4 <= labels["oui"] / len(LINES) <= 0.6


def test_words():
    """Families and contexts are known words."""
    assert {*BOTH_LABELS, "fonction"} == {line[1] for line in LINES}
    assert CONTEXTS == sorted({line[2] for line in LINES})


def test_no_line_twice():
    """No text counts twice, be it written with other spaces, capitals or apostrophes."""
    plain = sorted(" ".join(line[3].replace("’", "'").casefold().split()) for line in LINES)

    assert [] == [one for one, next_one in pairwise(plain) if one == next_one]


@pytest.mark.parametrize("family", BOTH_LABELS)
def test_both_labels(family: str):
    """A family shows what it must find and what it must leave alone."""
    assert len(texts(family, "oui")) >= 12
    assert len(texts(family, "non")) >= 12


def test_function_is_never_personal():
    """Addresses and telephones of a function may be printed."""
    assert [] == texts("fonction", "oui")
    assert len(texts("fonction", "non")) >= 30


def test_check_digits():
    """Every number to find is a true one, and none hides in a text that may be printed."""
    printable = [line[3] for line in LINES if line[0] == "non"]

    assert [] == [text for text in texts("iban", "oui") if not has_iban(text)]
    assert [] == [text for text in texts("nir", "oui") if not has_nir(text)]
    assert [] == [text for text in printable if has_iban(text) or has_nir(text)]
