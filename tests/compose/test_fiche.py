"""The fiche à recopier: the year's frise, line by line."""

from tests.compose.newsstand import article, deadline, event, happening, view

ENTRIES = [
    happening("cross", "2026-11-24 13:30"),
    article("une", events=(event("e", "2026-09-15", state="annule"),), deadlines=(deadline("Rendre", "2027-01-05"),)),
    happening("avant", "2026-05-19"),
]
LONG = [happening("ete", "2027-06-28", "2027-09-10")]


def test_a_year_has_a_fiche_with_what_its_frise_shows():
    """In its order, what is cancelled too; the year before has its own."""
    titles = {
        label: [h.title for h in view("public", f"frise/fiche/{label}/index.html", ENTRIES).happenings]
        for label in ("2025-2026", "2026-2027")
    }
    assert {"2025-2026": ["Titre avant"], "2026-2027": ["Titre une", "Titre cross", "Rendre"]} == titles


def test_what_crosses_the_first_of_august_is_copied_in_both_years():
    """As it stands on the frise of both, with its own days."""
    found = [
        [(h.title, h.start.iso, h.end.iso) for h in view("public", f"frise/fiche/{label}/index.html", LONG).happenings]
        for label in ("2026-2027", "2027-2028")
    ]
    assert [[("Titre ete", "2027-06-28", "2027-09-10")]] * 2 == found


def test_the_current_year_has_one_even_when_nothing_is_announced():
    """Pages lead to it."""
    assert () == view("public", "frise/fiche/2026-2027/index.html", []).happenings
    assert "frise/fiche/2026-2027/" == view("public", "fils/index.html", []).fiche
