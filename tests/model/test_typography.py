"""Tests of model/typography.py: French spacing, set once and never twice."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazette.model.typography import NO_BREAK, THIN, french

ALPHABET = "ab à1 0\u00a0\u202f'\"«»’.…,:;!?()[]–—-%€n°N°os\nÉ"


@given(st.text(alphabet=ALPHABET))
@example('"" "" a" "b')
@example("« « a » »")
@example("«»")
@example("1 000 000 000 €")
def test_setting_twice_changes_nothing(text: str):
    """What is set stays set: typography may run at any stage."""
    assert french(french(text)) == french(text)


@given(st.text(alphabet=ALPHABET))
def test_words_and_digits_are_never_touched(text: str):
    """Only spaces and signs change."""
    assert [c for c in text if c.isalnum()] == [c for c in french(text) if c.isalnum()]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Natation : mode d'emploi", f"Natation{THIN}: mode d’emploi"),
        ("Natation: mode", f"Natation{THIN}: mode"),
        ("Quoi ?!", f"Quoi{THIN}?!"),
        ("Quoi?", f"Quoi{THIN}?"),
        ("«mot»", f"«{THIN}mot{THIN}»"),
        ("« mot »", f"«{THIN}mot{THIN}»"),
        ('Le "mot" dit', f"Le «{THIN}mot{THIN}» dit"),
        ('("mot")', f"(«{THIN}mot{THIN}»)"),
        ("l'été...", "l’été…"),
        ("aujourd'hui", "aujourd’hui"),
        ("n° 3, p. 12", f"n°{NO_BREAK}3, p.{NO_BREAK}12"),
        ("Au cycle 2, cycles 1 et 3", f"Au cycle{NO_BREAK}2, cycles{NO_BREAK}1 et 3"),
        ("la période 3 du cycle", f"la période{NO_BREAK}3 du cycle"),
        ("12 000 élèves", f"12{THIN}000 élèves"),
        ("à 16 h 30, 2 h 5 fois", f"à 16{NO_BREAK}h{NO_BREAK}30, 2{NO_BREAK}h 5 fois"),
        ("1er mars, 4 décembre 2026", f"1er{NO_BREAK}mars, 4{NO_BREAK}décembre 2026"),
        ("à 18 heures, dans 3 jours", f"à 18{NO_BREAK}heures, dans 3{NO_BREAK}jours"),
        ("de 8 à 30 Mbit/s", f"de 8 à 30{NO_BREAK}Mbit/s"),
        (
            "le 11 novembre, du 1er au 3 mars",
            f"le{NO_BREAK}11{NO_BREAK}novembre, du{NO_BREAK}1er au{NO_BREAK}3{NO_BREAK}mars",
        ),
        ("« ", f"«{THIN}"),
        (" » dit", f"{THIN}» dit"),
        ("en 2026 mars, 4 maisons", "en 2026 mars, 4 maisons"),
        ("50 % de 3 h", f"50{NO_BREAK}% de 3{NO_BREAK}h"),
        ("Un - deux", "Un – deux"),
    ],
)
def test_french_signs_have_their_spaces(typed: str, printed: str):
    """As the Imprimerie nationale sets them."""
    assert printed == french(typed)


@pytest.mark.parametrize(
    "text",
    [
        "14:30",
        "https://x.example/a?b;c:d!e",
        "vis-à-vis",
        "3.4",
        "a.b@x.example",
        "2026-10-06",
        "CP/CE1",
        "C:\\x",
        "1:1",
        "06 12",
    ],
)
def test_what_is_no_sentence_is_left_alone(text: str):
    """Hours, addresses, codes and dates have no French spaces."""
    assert text == french(text)
