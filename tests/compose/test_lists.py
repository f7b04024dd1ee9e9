"""Lists of a fil: twenty a page, pinned first, what other fils show too."""

from datetime import date, datetime

from tests.compose.newsstand import article, at, deadline, page, view
from tests.samples import NOW

TWENTY_FIVE = [article(f"n{rank:02}", date=f"2026-10-{rank:02}") for rank in range(1, 26)]


def names(path: str, entries: list, now: datetime = NOW) -> list[str]:
    """Return the names of what a list shows."""
    return [card.href.split("/")[1] for card in view("public", path, entries, now).cards]


def test_a_list_shows_twenty_entries_newest_first():
    """The first page holds the twenty newest, the second the rest."""
    expected = [f"n{rank:02}" for rank in range(25, 0, -1)]
    found = [names("actualites/index.html", TWENTY_FIVE), names("actualites/page/2/index.html", TWENTY_FIVE)]
    assert [expected[:20], expected[20:]] == found


def test_twenty_entries_make_one_page_and_twenty_one_make_two():
    """The second page appears with the twenty-first entry."""
    totals = [view("public", "actualites/index.html", TWENTY_FIVE[:n]).pages.total for n in (0, 20, 21)]
    assert [1, 1, 2] == totals


def test_pages_of_a_list_lead_to_one_another():
    """Each page knows the one before and the one after."""
    first, last = (view("public", f"actualites/{p}index.html", TWENTY_FIVE).pages for p in ("", "page/2/"))
    found = [first.previous, first.next.href, last.previous.href, last.next]
    assert [None, "actualites/page/2/", "actualites/", None] == found


def test_pages_of_a_list_have_titles_of_their_own():
    """No two pages of an edition have one title (RGAA 8.6)."""
    titles = [view("public", f"actualites/{p}index.html", TWENTY_FIVE).head.title for p in ("", "page/2/")]
    assert ["Actualités pédagogiques", "Actualités pédagogiques, page 2"] == titles


def test_a_pinned_entry_stands_first_until_its_last_day():
    """Pinned until the 4th of December: first on the 4th, in its place on the 5th."""
    entries = [*TWENTY_FIVE[:3], article("pin", date="2026-09-01", pinned_until=date(2026, 12, 4))]
    found = [names("actualites/index.html", entries, now=at(day))[0] for day in ("2026-12-04", "2026-12-05")]
    assert ["pin", "n03"] == found


def test_an_entry_shows_in_the_fils_it_names():
    """``aussi_dans`` adds the entry to another list, with the address of its own fil."""
    entries = [article("une", also_in=("projets",))]
    assert ["actualites/une/"] == [c.href for c in view("public", "projets/index.html", entries).cards]


def test_a_page_that_says_also_in_does_not_break_the_list():
    """A free page has no date: a fil does not show it, whatever it says."""
    entries = [page("guide", also_in=("actualites",))]
    assert [] == names("actualites/index.html", entries)


def test_marks_tell_a_note_number_and_what_is_still_due():
    """« échéance » goes once its day is past."""
    entries = [article("une", deadlines=(deadline("Rendre", "2026-11-30"),))]
    found = [
        view("public", "actualites/index.html", entries, now=at(day)).cards[0].marks
        for day in ("2026-11-30", "2026-12-01")
    ]
    assert [("échéance",), ()] == found
