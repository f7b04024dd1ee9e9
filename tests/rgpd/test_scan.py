"""Tests of rgpd/scan.py: it finds what must not be shown, leaves the rest alone, and repeats nothing."""

import re
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.rgpd import scan as module
from gazette.rgpd.datum import Datum
from gazette.rgpd.scan import _SIGN, _SIGNS, Permitted, scan
from tests.rgpd.corpus import Line, lines
from tests.samples import ROOT

RECALL, PRECISION = 0.95, 0.80
PERMITTED = Permitted(frozenset({"ac-valbrune.example"}), frozenset({"camille fontanelle-demay"}))


def found(text: str) -> list[tuple[str, str]]:
    """Return rule and wording of what a text holds."""
    return [(datum.rule, datum.what) for datum in scan(text, PERMITTED)]


def figures(chosen: list[Line]) -> tuple[float, float, str]:
    """Return recall, precision, and a table by family; any finding on a line that may be printed is an error."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    for line in chosen:
        counts[line.family, line.label, bool(scan(line.text, PERMITTED))] += 1
    table = [f"{'famille':22} {'rappel':>9} {'fausses alertes':>17}"]
    for family in sorted({family for family, _, _ in counts}):
        seen, missed = counts[family, "oui", True], counts[family, "oui", False]
        wrong, right = counts[family, "non", True], counts[family, "non", False]
        table.append(f"{family:22} {seen:4}/{seen + missed:<4} {wrong:12}/{wrong + right:<4}")
    hits = sum(n for (_, label, is_found), n in counts.items() if label == "oui" and is_found)
    alarms = sum(n for (_, label, is_found), n in counts.items() if label == "non" and is_found)
    total = sum(n for (_, label, _), n in counts.items() if label == "oui")
    return hits / total, hits / (hits + alarms), "\n".join(table)


def test_recall_and_precision(capsys: pytest.CaptureFixture[str]):
    """Measured on the labelled lines, printed by family."""
    recall, precision, table = figures(lines())
    with capsys.disabled():
        print(f"\n{table}\nrappel {recall:.1%}, précision {precision:.1%}")
    assert (True, True) == (recall >= RECALL, precision >= PRECISION)


def test_a_scanner_that_finds_nothing_would_fail(monkeypatch: pytest.MonkeyPatch):
    """The measure is worth something: without its detectors, recall falls below what is asked."""
    monkeypatch.setattr(module, "DETECTORS", ())
    assert figures(lines())[0] < RECALL


def test_a_scanner_that_finds_everything_would_fail(monkeypatch: pytest.MonkeyPatch):
    """And crying at every line costs the precision."""

    def everything(passage: object) -> list[Datum]:
        return [Datum("R20", 0, 1, "tout", "rien")]

    monkeypatch.setattr(module, "DETECTORS", (everything,))
    assert figures(lines())[1] < PRECISION


@pytest.mark.parametrize("line", [line for line in lines() if line.label == "oui"], ids=lambda line: line.text[:40])
def test_no_finding_repeats_what_it_found(line: Line):
    """No word of four letters that bears a capital, and no four digits, go from the text into a finding."""
    told = " ".join(what for _, what in found(line.text))
    words = set(re.findall(r"\b[A-ZÀ-Ö][\w’-]{3,}|\d{4,}", line.text))
    assert [] == sorted(w for w in words if re.search(rf"\b{re.escape(w)}\b", told))


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_a_space_is_a_space(space: str):
    """French typography hides no telephone."""
    assert [("R32", "téléphone portable 06 •• •• •• 78")] == found("06 12 34 56 78".replace(" ", space))


def test_what_nobody_sees_hides_nothing():
    """Zero-width signs are dropped, and accents written apart are put together."""
    assert ["R20"] == [rule for rule, _ in found("Ine\u0300s Ben\u200bali a gagné.")]


@pytest.mark.parametrize(
    "text", ["Еmma Duроnt", "ΕΜΜΑ DUPONT", "E\u0336m\u0336ma Dupont", "Em\u202ema Du\u2066pont", "Emm\u0251 Dupont"]
)
def test_what_looks_like_ours_is_read_as_ours(text: str):
    """Letters of other alphabets, strokes through letters, changes of direction."""
    assert [("R20", "personne nommée en entier (E… D…)")] == found(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Emma\u3000Dupont", "Emma\u2800Dupont", "Em\u3164ma Dupont", "Em\u180bma Dupont", "E\u20ddmma Dupont"),
        *("Emma ᴅᴜᴘᴏɴᴛ", "🄴🄼🄼🄰 🄳🅄🄿🄾🄽🅃", "ᴱmma ᴰupont", "E m m a  D u p o n t", "E m m a D u p o n t"),
        *("E   m   m   a      D   u   p   o   n   t", "E.m.m.a D.u.p.o.n.t", "E-m-m-a D-u-p-o-n-t", "Emma (Dupont)"),
    ],
)
def test_what_is_set_apart_or_drawn_otherwise_is_read(text: str):
    """Spaces that are no spaces, letters that are drawn, letters that are spaced, as a PDF's may be."""
    assert [("R20", "personne nommée en entier (E… D…)")] == found(text)


@pytest.mark.parametrize("text", ["B I E N V E N U E", "L e s  é l è v e s  d u  C M 2", "R.A.S.E.D. de l'A.E.F.E."])
def test_a_word_set_apart_is_no_name(text: str):
    """A title, letters of an institution."""
    assert [] == found(text)


@pytest.mark.parametrize("text", ["Привет, Анна Петрова", "Καλημέρα στην Άννα Νικολάου", "Ça, l’été, où naît Noël ?"])
def test_other_alphabets_are_no_disguise(text: str):
    """A greeting to parents in their language."""
    assert [] == found(text)


@given(st.text(max_size=400))
def test_any_text_is_scanned(text: str):
    """Whatever the text, findings stand inside it, in order."""
    data = scan(text, PERMITTED)
    assert sorted(data, key=lambda d: (d.start, d.end)) == list(data)


HOSTILE = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from gazette.rgpd.scan import _SIGN, _SIGNS, Permitted, scan
for part in ("a@", "0 ", "A", "Emma ", "| ", "06", "a.", "né le ", "12 rue ", "FR76 ", "«", "Emma, ", "nom;", "A. ",
             "Emma|", "Emma,A\\n", "http://a/", "a_b.", "zéro six ", "m. a ", "emma a", "plus ", "%C3", "A\u0301",
             "a ", "a. a ", "a.b ", "Emma (", "Emma «"):
    scan(part * (100_000 // len(part)), Permitted())
print("fini")
"""


def test_no_text_hangs_the_scanner():
    """Texts of 100,000 signs made to send patterns back and forth fit 20 seconds of processor, all together."""
    run = subprocess.run(
        [sys.executable, "-c", HOSTILE],
        env={"PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "fini\n" == run.stdout


def test_every_sign_that_stands_for_another_is_looked_for_before_it_is_translated() -> None:
    """The short ranges by which a text is judged hold every sign that is translated."""
    assert [] == [chr(sign) for sign in _SIGNS if not _SIGN.search(chr(sign))]
