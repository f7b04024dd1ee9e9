"""Tests of model/finding.py: a problem says where, what and what to do, in every format."""

from gazette.model.finding import Finding, Place, Severity

FINDING = Finding(
    "LEC-02",
    Severity.REFUSE,
    Place("actualites/2026-10-06-defi-maths.md", 3, 7),
    "date illisible « 6/10/26 »",
    "écrivez date: 2026-10-06",
)


def test_a_finding_on_one_line():
    """As the contract shows it."""
    expected = (
        "content/actualites/2026-10-06-defi-maths.md:3:7 · date illisible « 6/10/26 » · "
        "écrivez date: 2026-10-06  [LEC-02]"
    )
    assert expected == FINDING.line("content/")


def test_a_finding_in_json():
    """As the contract names its keys."""
    expected = {
        "code": "LEC-02",
        "gravite": "refus",
        "fichier": "content/actualites/2026-10-06-defi-maths.md",
        "ligne": 3,
        "colonne": 7,
        "message": "date illisible « 6/10/26 »",
        "remede": "écrivez date: 2026-10-06",
    }
    assert expected == FINDING.as_json("content/")


def test_severities_are_ordered():
    """A note is printed anyway, a refusal costs an entry, a stop costs the publication."""
    assert (["note", "refus", "arret"], Severity.STOP) == ([s.label for s in sorted(Severity)], max(Severity))


def test_reports_go_by_place():
    """File, line, column, then code."""
    places = [Place("a.md", 2, 1), Place("a.md", 10, 1), Place("a.md", 10, 2), Place("b.md", 1, 1)]
    findings = [Finding("C", Severity.NOTE, place, "m", "r") for place in places]
    backwards = findings[::-1]
    assert findings == sorted(backwards, key=lambda f: f.sort_key)


def test_a_place_is_the_head_of_the_file_by_default():
    """What concerns a whole file points at its first character."""
    assert (1, 1) == (Place("a.md").line, Place("a.md").column)
