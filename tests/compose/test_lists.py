"""Lists of a fil: twenty a page, pinned first, what other fils show too, and what a reader may choose in them."""

from datetime import date, datetime

import pytest

from gazette.model.entry import RESERVED_NAME
from gazette.model.level import CYCLES, LEVELS, cycles_of
from tests.compose.newsstand import NAMES, UAI, article, at, deadline, page, school, sheets, view
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


def chosen(entries: list, name: str = "public", now: datetime = NOW, fil: str = "actualites") -> dict[str, list[str]]:
    """Return the names of the entries of each selection of a fil, by the segment of its address."""
    found = {}
    for path, sheet in sheets(name, entries, now).items():
        if path.startswith(f"{fil}/") and getattr(sheet.view, "selection", ""):
            segment = path.removeprefix(f"{fil}/").removesuffix("index.html")
            found[segment] = [card.href.strip("/").rsplit("/", 1)[-1] for card in sheet.view.cards]
    return found


def offered(path: str, entries: list, name: str = "public") -> dict[str, dict[str, str]]:
    """Return the questions of a list, and the count of each answer by its label."""
    return {c.title: {link.title: link.detail for link in c.links} for c in view(name, path, entries).choices}


def test_a_cycle_and_a_level_list_what_names_them():
    """What names no level is for all: it stands in the whole fil, and is repeated nowhere."""
    entries = [
        article("cp", date="2026-11-03", levels=("CP",)),
        article("gs-cp", date="2026-11-02", levels=("GS", "CP")),
        article("tous", date="2026-11-01"),
    ]
    found = {s: names for s, names in chosen(entries).items() if s.startswith(("cycle", "niveau"))}
    expected = {
        "cycle-1/": ["gs-cp"],
        "cycle-2/": ["cp", "gs-cp"],
        "niveau-cp/": ["cp", "gs-cp"],
        "niveau-gs/": ["gs-cp"],
    }
    assert expected == found


def test_levels_follow_each_other_by_age():
    """Whatever entry names them first."""
    entries = [article("a", levels=("CM2", "6e")), article("b", levels=("PS", "CP"), date="2026-11-01")]
    assert ["PS", "CP", "CM2", "6e"] == list(offered("actualites/index.html", entries)["Par niveau"])


def test_a_school_lists_what_concerns_it_and_what_it_signed():
    """Once; a school that the directory does not have has no name, and no list."""
    entries = [
        school(title="École Pont-Neuf"),
        article("concernee", date="2026-11-03", schools=(UAI, "0869002T")),
        article("signee", date="2026-11-02", author=UAI, schools=(UAI,)),
        article("autre", date="2026-11-01"),
    ]
    found = {s: names for s, names in chosen(entries).items() if s.startswith("ecole")}
    labels = offered("actualites/index.html", entries)["Par école"]
    assert ({"ecole-0869001s/": ["concernee", "signee"]}, {"École Pont-Neuf, Sourcelle": "2"}) == (found, labels)


def test_archives_go_by_school_year_and_period():
    """Five periods between holidays; what appears during holidays belongs to the period before them."""
    days = ("2026-07-10", "2026-08-31", "2026-10-16", "2026-10-25", "2026-12-28", "2027-05-04", "2027-07-20")
    entries = [article(day, date=day) for day in days]
    found = {s: names for s, names in chosen(entries, now=at("2027-08-20")).items() if s.startswith("20")}
    expected = {
        "2025-2026/": ["2026-07-10"],
        "2025-2026/periode-5/": ["2026-07-10"],
        "2026-2027/": list(days[:0:-1]),
        "2026-2027/periode-1/": ["2026-10-25", "2026-10-16", "2026-08-31"],
        "2026-2027/periode-2/": ["2026-12-28"],
        "2026-2027/periode-5/": ["2027-07-20", "2027-05-04"],
    }
    assert expected == found


def test_a_list_offers_the_periods_of_its_own_school_year():
    """The whole fil those of the newest, an older year its own."""
    entries = [article("ancien", date="2025-11-20"), article("neuf", date="2026-11-20")]
    paths = ("", "2026-2027/", "2025-2026/", "2025-2026/periode-2/")
    found = [[t for t in offered(f"actualites/{p}index.html", entries) if "période" in t] for p in paths]
    newest, older = ["Par période, 2026-2027"], ["Par période, 2025-2026"]
    assert [newest, newest, older, older] == found


def test_past_the_official_dates_there_are_years_and_no_periods():
    """Nobody knows the holidays of 2050 yet."""
    entries = [article("loin", date="2050-11-20")]
    found = [s for s in chosen(entries, now=at("2050-11-23")) if not s.startswith("depuis")]
    assert ["2050-2051/"] == found


def test_what_is_new_since_each_of_the_last_six_weeks_of_class():
    """Holidays count for no week, and a week since which nothing appeared is not offered."""
    entries = [article("avant", date="2026-10-14"), article("apres", date="2026-11-10")]
    found = {s: names for s, names in chosen(entries, now=at("2026-11-23")).items() if s.startswith("depuis")}
    expected = {
        "depuis/2026-S41/": ["apres", "avant"],
        "depuis/2026-S42/": ["apres", "avant"],
        "depuis/2026-S45/": ["apres"],
        "depuis/2026-S46/": ["apres"],
    }
    assert expected == found


def test_the_iso_year_of_a_week_is_the_one_told():
    """The week of the 4th of January 2027 is the first of 2027; that of the 28th of December holds no class."""
    found = [s for s in chosen([article("a", date="2027-01-05")], now=at("2027-01-06")) if s.startswith("depuis")]
    assert ["depuis/2026-S49/", "depuis/2026-S50/", "depuis/2026-S51/", "depuis/2027-S01/"] == sorted(found)[-4:]


def test_a_selection_has_pages_that_lead_to_one_another():
    """Twenty a page, as the whole; only the first offers to choose."""
    entries = [article(f"n{rank:02}", date=f"2026-10-{rank:02}", levels=("CP",)) for rank in range(1, 26)]
    first, second = (view("public", f"actualites/cycle-2/{p}index.html", entries) for p in ("", "page/2/"))
    found = (first.pages.next.href, second.pages.previous.href, len(second.cards), second.count, second.choices)
    assert ("actualites/cycle-2/page/2/", "actualites/cycle-2/", 5, 25, ()) == found
    titles = ["Actualités pédagogiques : cycle 2", "Actualités pédagogiques : cycle 2, page 2"]
    assert titles == [first.head.title, second.head.title]


def test_what_is_pinned_comes_first_where_one_looks_for_a_class_and_not_where_one_looks_back():
    """A year, a period and a week are told by date."""
    entries = [
        school(),
        article("neuf", date="2026-11-20", levels=("CP",), schools=(UAI,)),
        article("pin", date="2026-11-18", levels=("CP",), schools=(UAI,), pinned_until=date(2026, 12, 4)),
    ]
    first = {segment: names[0] for segment, names in chosen(entries).items() if len(names) > 1}
    pinned = {s for s, name in first.items() if name == "pin"}
    assert {"cycle-2/", "niveau-cp/", f"ecole-{UAI.lower()}/"} == pinned
    assert {"2026-2027/", "2026-2027/periode-2/", "depuis/2026-S47/"} <= first.keys() - pinned


@pytest.mark.parametrize("name", NAMES)
def test_counts_are_of_what_is_listed(name: str):
    """An answer says how many entries its pages hold, in each edition."""
    entries = [
        school(),
        *(article(f"{n}-{rank}", audience=n, date=f"2026-11-{rank:02}", levels=("CE1",), schools=(UAI,))
          for n in NAMES for rank in range(1, 10)),
    ]  # fmt: skip
    made = sheets(name, entries)
    counts = {
        link.href: (int(link.detail), made[f"{link.href}index.html"].view.count)
        for choice in made["actualites/index.html"].view.choices
        for link in choice.links
    }
    expected = {link: (count, count) for link, (count, _) in counts.items()}
    assert (expected, 9 * (NAMES.index(name) + 1)) == (counts, counts["actualites/cycle-2/"][0])


def test_nothing_restricted_opens_a_choice():
    """A level and a school that only a restricted entry names are asked of nobody else."""
    entries = [school(), article("r", audience="directeurs", levels=("CP",), schools=(UAI,)), article("une")]
    found = {s for s in chosen(entries) if s.startswith(("cycle", "niveau", "ecole"))}
    assert (set(), {"cycle-2/", "niveau-cp/", f"ecole-{UAI.lower()}/"}) == (
        found,
        {s for s in chosen(entries, "directeurs") if s.startswith(("cycle", "niveau", "ecole"))},
    )


def test_no_entry_may_take_the_address_of_a_choice():
    """Every first segment under a fil is a name that reading refuses to entries."""
    entries = [school(), *(article(f"n{n:02}", levels=LEVELS, schools=(UAI,), date="2026-11-20") for n in range(25))]
    segments = {segment.split("/")[0] for segment in chosen(entries)}
    assert set() == {segment for segment in segments if not RESERVED_NAME.fullmatch(segment)}


def test_the_head_of_a_fil_tells_who_approves():
    """As functions, in the order of circonscription.yml."""
    assert ("L’IEN", "L’équipe des CPC") == view("public", "actualites/index.html", []).approvers


def test_levels_make_three_cycles():
    """Ten levels, each in one cycle; no level is no cycle."""
    found = [cycles_of((level,)) for level in LEVELS]
    assert [(n,) for n, own in CYCLES.items() for _ in own] == found
    assert ((), (1, 3)) == (cycles_of(()), cycles_of(("6e", "PS")))
