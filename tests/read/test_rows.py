"""Tests of rows.py: CSV as spreadsheets and offices write it, and as an attacker would."""

import pytest

from gazette.read.rows import UnreadableRowsError, rows

KNOWN = ("nom", "commune", "eleves")


def cells(data: bytes) -> list[dict[str, str]]:
    """Return the cells of each row."""
    return [dict(row.cells) for row in rows(data, KNOWN).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_read(encoding: str, separator: str, end: str):
    """Four encodings, three separators, two line ends; titles with capitals and accents."""
    lines = [["Nom", "Commune", "Élèves", "téléphone"], ["École « Les Prés »", "Clairval", "45", "0599000000"]]
    data = end.join(separator.join(line) for line in lines).encode(encoding)
    assert [{"nom": "École « Les Prés »", "commune": "Clairval", "eleves": "45"}] == cells(data)


def test_other_columns_are_never_read():
    """They are named, so that an author sees a slip; their cells are nowhere."""
    table = rows("nom;directeur\nLes Prés;Canari Personnel\n".encode(), KNOWN)
    assert (("nom",), ("directeur",)) == (table.columns, table.unknown)
    assert "Canari" not in repr(table)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('=HYPERLINK("https://mal.example")', "une case commence comme une formule de tableur"),
        ("+33599000000", "une case commence comme une formule de tableur"),
        ("@SUM(A1)", "une case commence comme une formule de tableur"),
        ("-cmd|calc", "une case commence comme une formule de tableur"),
        ("<script>alert(1)</script>", "une case contient une balise"),
        ("-6.5", ""),
        ("Saint-Loup & Cie", ""),
    ],
)
def test_a_cell_that_would_act_is_told(cell: str, fault: str):
    """Formulas and tags are no text of a school; a number below zero is."""
    data = '"' + cell.replace('"', '""') + '";x\n'
    assert fault == rows(f"nom;commune\n{data}".encode(), KNOWN).rows[0].fault


def test_hidden_signs_are_taken_out():
    """Right-to-left and zero-width signs, and control characters, would show another text than is there."""
    assert [{"nom": "Les Prés", "commune": "Clairval"}] == cells(
        "nom;commune\nLes \u202ePrés\u202c;\u200bClair\x07val\n".encode()
    )


def test_a_row_too_wide_is_told_with_its_line():
    """A separator within a name shifts every cell after it."""
    row = rows(b"nom;commune\nLes Pres;Clairval;trop\n", KNOWN).rows[0]
    assert (2, "plus de cases que de colonnes") == (row.line, row.fault)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "CSV lisible"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)), "CSV lisible"),
        (b"nom;nom\na;b\n", "deux colonnes portent le même nom : nom"),
        (b"", "colonne absente : commune"),
        (b"nom\nLes Pres\n", "colonne absente : commune"),
        (b'nom;commune\n"' + b"x" * 200_000, "guillemet jamais refermé"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, reason: str):
    """With a reason in French, whatever the bytes."""
    with pytest.raises(UnreadableRowsError, match=reason):
        rows(data, KNOWN, ["commune"])


def test_empty_lines_count_for_places_alone():
    """They are no rows, and the line told is that of the file."""
    assert [4] == [row.line for row in rows(b"\nnom;commune\n;\nLes Pres;Clairval\n", KNOWN).rows]
