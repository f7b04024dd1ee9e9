"""Tests of read/worker.py: one file's bytes become JSON, whatever they are."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.read import render, worker
from gazette.read.limits import SIZE_LIMIT
from gazette.read.worker import parse

GOOD = "---\ntitre: Été\n---\n\n## Un\n\nTexte.\n"


def faults(data: bytes) -> list[tuple[str, int, int]]:
    """Return code, line and column of what is told about a file."""
    return [(code, line, column) for code, _, _, line, column in parse(data)["faults"]]


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
)
def test_marks_and_line_ends_of_any_editor_are_read_alike(data: bytes):
    """A byte order mark and the line ends of Windows or old Macs change nothing, places included."""
    assert parse(GOOD.encode()) == parse(data)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (GOOD.encode("utf-16"), (1, 1)),
        (GOOD.encode("utf-16-le"), (1, 1)),
        (GOOD.encode("cp1252"), (2, 1)),
        (b"---\ntitre: a\n---\n\nna\xefve\n", (5, 1)),
        (b"---\ntitre: a\n---\n\xed\xa0\xbd\n", (4, 1)),
        (b"---\ntitre: a\0b\n---\n", (1, 1)),
        (b"\x89PNG\r\n\x1a\n\0\0", (1, 1)),
        (b"---\ntitre: a\x0bb\n---\n", (2, 9)),
        (b"---\r\ntitre: a\r\n---\r\n\r\nUn\x01\r\n", (5, 3)),
        (b"\x1b[31m", (1, 1)),
        (b"a" * (SIZE_LIMIT + 1), (1, 1)),
    ],
)
def test_what_is_no_text_is_told_and_not_read(data: bytes, place: tuple[int, int]):
    """Other encodings, NUL, control bytes and huge files are one LEC-10 where it goes wrong: never mojibake."""
    assert ([("LEC-10", *place)], {}, None) == (faults(data), parse(data)["front"], parse(data)["body"])


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (GOOD.encode("utf-16"), "UTF-16", "UTF-8"),
        (GOOD.encode("utf-16-be"), "UTF-16", "UTF-8"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "PDF", "fichiers:"),
        (rb"{\rtf1\ansi Bonjour}", "RTF", "fichiers:"),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "Word", "fichiers:"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "Word", "fichiers:"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image", "à côté"),
        (b"<!DOCTYPE html><p>Bonjour", "page Web", ".md"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(200)), "document", ".md"),
    ],
)
def test_a_file_of_another_program_is_told_for_what_it_is(data: bytes, what: str, remedy: str):
    """Whoever renamed it learns which program made it, and what to do."""
    (code, message, said, line, column), *others = parse(data)["faults"]
    assert ("LEC-10", 1, 1, []) == (code, line, column, others)
    assert what in message
    assert remedy in said


def test_a_body_without_front_matter_is_read_and_told():
    """The text is there for a preview; the missing fence is a fault."""
    result = parse(b"Un *texte*.\n")
    assert ([("LEC-01", 1, 1)], "<p>Un <em>texte</em>.</p>") == (faults(b"Un *texte*.\n"), result["body"]["html"])


def test_signs_nobody_sees_are_dropped_from_the_text():
    """Bidirectional and zero-width marks go, and letters are composed."""
    assert "<p>abcé</p>" == parse("---\n---\na\u202eb\u200bc\u2066e\u0301\ufeff\n".encode())["body"]["html"]


def test_faults_of_the_text_have_their_line():
    """What the renderer tells is found again in the source."""
    text = "---\ntitre: a\n---\n\nUn.\n\n![x](https://t.example/p.png)\n\n[y](data:z)\n\n<iframe src=x></iframe>\n"
    assert [("LEC-22", 7, 1), ("LEC-20", 9, 1), ("LEC-23", 11, 1)] == faults(text.encode())


def test_references_have_their_line():
    """A dead link can then be told where it stands."""
    body = parse(b"---\n---\nUn.\n\n[a](b.md)\n\n[c](#d)\n")["body"]
    assert [("b.md", 5), ("", 7)] == [(r["target"], r["line"]) for r in body["references"]]


def test_a_text_too_deep_for_markdown_is_this_text_s_fault():
    """A recursion error costs the body, with the line where the text begins."""
    result = parse(b"---\ntitre: a\n---\n" + b"".join(b"    " * depth + b"- x\n" for depth in range(250)))
    assert (None, [("LEC-11", 4, 1)]) == (result["body"], [(c, line, col) for c, _, _, line, col in result["faults"]])


def test_a_text_that_breaks_markdown_changes_no_other(monkeypatch: pytest.MonkeyPatch):
    """What an error left halfway (a parser still inside a list) is not used again."""

    def break_inside_a_list(_: str) -> dict[str, Any]:
        render._markdown().parser.state.set("list")
        raise RecursionError

    before = parse(GOOD.encode())
    with monkeypatch.context() as patch:
        patch.setattr(worker, "render", break_inside_a_list)
        parse(GOOD.encode())
    assert before == parse(GOOD.encode())


def test_an_unforeseen_error_of_a_library_is_told(monkeypatch: pytest.MonkeyPatch):
    """Whatever a foreign library raises on a text is a fault of that text, not a crash."""

    def fail(_: str) -> dict[str, Any]:
        raise AssertionError("CVE-2025-69534")

    monkeypatch.setattr(worker, "render", fail)
    result = parse(GOOD.encode())
    assert ({"titre": "Été"}, None, "LEC-11") == (result["front"], result["body"], result["faults"][0][0])


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: f"---\n{t}\n---\n{t}".encode("utf-8", "replace")))
def test_any_bytes_have_an_answer(data: bytes):
    """Reading never raises, and its answer can always be told in JSON."""
    answer = parse(data)
    assert answer == parse(data)
    assert {"front", "places", "faults", "body"} == set(json.loads(json.dumps(answer)))
