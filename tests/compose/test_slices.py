"""Slices of a year: what a cycle or a school may be sent, where there is something to send."""

from tests.compose.newsstand import UAI, article, deadline, event, happening, school, sheets, tool, view

OTHER = "0869002T"


def slices(entries: list) -> dict[str, list[str]]:
    """Return what each page of the current year shows, by the segment of its address."""
    found = {}
    for path, sheet in sheets("public", entries).items():
        if path.startswith("frise/2026-2027/") and "affiche" not in path:
            segment = path.removeprefix("frise/2026-2027/").removesuffix("index.html")
            found[segment] = [mark.title for mark in sheet.view.overview.marks]
    return found


def test_a_cycle_has_a_page_when_something_names_it():
    """A tool by its cycles, any other entry by its levels; what names none is in none."""
    entries = [
        happening("cross", "2026-11-24", levels=("CM1", "CM2")),
        happening("bal", "2026-11-25"),
        tool("mur", date="2026-11-13", cycles=(2, 3)),
    ]
    found = {segment: titles for segment, titles in slices(entries).items() if segment.startswith("cycle")}
    assert {"cycle-2/": ["Titre mur"], "cycle-3/": ["Titre mur", "Titre cross"]} == found


def test_a_school_has_a_page_when_something_names_it():
    """An event's own schools, or else its entry's; a code that is not in the directory has no page."""
    entries = [
        school(UAI, title="École du Pont"),
        school(OTHER, title="École du Bois"),
        article("une", schools=(UAI,), events=(event("a", "2026-11-24"), event("b", "2026-11-25", schools=(OTHER,)))),
        article("deux", deadlines=(deadline("Rendre", "2026-12-05", (UAI, "0869999Z")),)),
    ]
    found = {segment: titles for segment, titles in slices(entries).items() if segment.startswith("ecole")}
    expected = {"ecole-0869001s/": ["Titre une", "Rendre"], "ecole-0869002t/": ["Titre une"]}
    assert expected == found


def test_choices_lead_to_slices_with_how_many_dates_they_hold():
    """Each link is a page that is printed."""
    entries = [happening("cross", "2026-11-24", levels=("CM1",), schools=(UAI,)), school(UAI, title="École du Pont")]
    page = view("public", "frise/2026-2027/index.html", entries)
    links = [(choice.title, link.href, link.detail) for choice in page.choices for link in choice.links]
    expected = [
        ("Par cycle", "frise/2026-2027/cycle-3/", "1"),
        ("Par école", f"frise/2026-2027/ecole-{UAI.lower()}/", "1"),
    ]
    printed = sheets("public", entries)
    assert (expected, True) == (links, all(f"{href}index.html" in printed for _, href, _ in links))


def test_a_year_that_is_over_is_not_narrowed_down():
    """Its whole and its fils stay; nobody asks it what to do next, and pages would only add up."""
    entries = [happening("bilan", "2026-06-30", levels=("CM1",)), happening("cross", "2026-11-24", levels=("CM1",))]
    found = [path for path in sheets("public", entries) if "/cycle-3/" in path and path.startswith("frise")]
    assert ["frise/2026-2027/cycle-3/index.html"] == found


def test_every_year_has_its_poster():
    """With everything of it, month by month."""
    entries = [happening("bilan", "2026-06-30"), happening("cross", "2026-11-24"), happening("bal", "2026-11-25")]
    found = {}
    for path, sheet in sheets("public", entries).items():
        if path.endswith("affiche/index.html"):
            found[sheet.view.label] = [h.title for m in sheet.view.months for d in m.days for h in d.happenings]
    assert {"2025-2026": ["Titre bilan"], "2026-2027": ["Titre cross", "Titre bal"]} == found
