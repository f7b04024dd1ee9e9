"""What is due, nearest first, under the words people use."""

from datetime import date, timedelta

import pytest

from tests.compose.newsstand import UAI, article, at, deadline, school, sheets, view, window

MONDAY = "2026-11-23"


def groups(entries: list, day: str = MONDAY) -> dict[str, list[str]]:
    """Return the labels of what is due, by group."""
    shown = view("public", "echeances/index.html", entries, now=at(day)).groups
    return {group.title: [item.label for item in (*group.older, *group.items)] for group in shown}


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-07-31", []),
        ("2026-08-01", ["En retard"]),
        ("2026-11-08", ["En retard"]),
        ("2026-11-22", ["En retard"]),
        ("2026-11-23", ["Cette semaine"]),
        ("2026-11-29", ["Cette semaine"]),
        ("2026-11-30", ["La semaine prochaine"]),
        ("2026-12-06", ["La semaine prochaine"]),
        ("2026-12-07", ["Dans le mois"]),
        ("2026-12-24", ["Dans le mois"]),
        ("2026-12-25", ["Plus tard"]),
        ("2028-01-01", ["Plus tard"]),
    ],
)
def test_a_deadline_stands_in_the_group_of_its_day(due: str, expected: object):
    """Seen on Monday the 23rd of November 2026."""
    assert expected == list(groups([article("une", deadlines=(deadline("Rendre", due),))]))


@pytest.mark.parametrize("weekday", range(7))
def test_no_day_falls_between_two_groups(weekday: int):
    """Whatever day of the week it is, what is due in the next hundred days is told once."""
    today = date(2026, 11, 23) + timedelta(weekday)
    rows = tuple(deadline(str(n), str(today + timedelta(n))) for n in range(-100, 100))
    told = [label for labels in groups([article("une", deadlines=rows)], str(today)).values() for label in labels]
    assert [str(n) for n in range(-100, 100)] == told


def test_what_is_late_comes_first_and_what_is_late_for_long_is_folded():
    """Two weeks; then it waits, folded, until the school year ends: nobody is followed, so nothing is known as done."""
    rows = tuple(deadline(due, due) for due in ("2026-09-10", "2026-11-08", "2026-11-09", "2026-11-22", "2026-11-23"))
    shown = view("public", "echeances/index.html", [article("une", deadlines=rows)]).groups
    found = [(g.title, g.is_late, [d.label for d in g.older], [d.label for d in g.items]) for g in shown]
    late = ("En retard", True, ["2026-09-10", "2026-11-08"], ["2026-11-09", "2026-11-22"])
    assert [late, ("Cette semaine", False, [], ["2026-11-23"])] == found


def test_what_is_to_come_is_read_before_what_is_all_folded():
    """Nothing became late in the last two weeks."""
    rows = tuple(deadline(due, due) for due in ("2026-09-10", "2026-11-23"))
    assert ["Cette semaine", "En retard"] == list(groups([article("une", deadlines=rows)]))


def test_what_is_due_says_where_it_comes_from():
    """The entry, and who signs it: a function or a school."""
    entries = [
        school(UAI, title="École du Pont"),
        article("a", author=UAI, title="Classe dehors", deadlines=(deadline("Rendre", "2026-11-24"),)),
    ]
    (due,) = view("public", "echeances/index.html", entries).groups[0].items
    assert ("Rendre", "Classe dehors", "École du Pont", "actualites/a/") == (
        due.label,
        due.title,
        due.author,
        due.href,
    )


def test_a_window_is_due_on_its_last_day():
    """One is told by when, not from when."""
    entries = [article("une", windows=(window("Saisir", "2026-09-01", "2026-12-01"),))]
    assert {"La semaine prochaine": ["Saisir"]} == groups(entries)


def test_a_window_says_from_when():
    """A deadline does not."""
    entries = [
        article(
            "une", windows=(window("Saisir", "2026-12-10", "2026-12-15"),), deadlines=(deadline("R", "2026-12-11"),)
        )
    ]
    found = view("public", "echeances/index.html", entries).groups[0].items
    assert {"R": None, "Saisir": date(2026, 12, 10)} == {d.label: d.opens and d.opens.day for d in found}


def test_what_is_due_first_comes_first():
    """By day, then by hour, whole days before."""
    rows = (
        deadline("soir", "2026-11-24 18:00"),
        deadline("matin", "2026-11-24 08:00"),
        deadline("jour", "2026-11-24"),
        deadline("veille", "2026-11-23"),
    )
    assert {"Cette semaine": ["veille", "jour", "matin", "soir"]} == groups([article("une", deadlines=rows)])


def test_an_empty_page_has_no_group():
    """Nothing is due: no heading stands over nothing."""
    assert {} == groups([])


def test_days_left_are_told_from_the_day():
    """The day itself is 0, the day after it is late."""
    entries = [article("une", deadlines=(deadline("Rendre", "2026-11-24"),))]
    days = ("2026-11-23", "2026-11-24", "2026-11-25")
    found = [view("public", "echeances/index.html", entries, now=at(d)).groups[0].items[0].days_left for d in days]
    assert [1, 0, -1] == found


def test_the_home_page_tells_six_deadlines_of_the_next_weeks():
    """Not the past ones, nor those beyond forty-five days."""
    rows = tuple(deadline(str(n), str(date(2026, 11, 23) + timedelta(n))) for n in (-1, 0, 45, 46))
    found = [[d.label for d in view("public", "index.html", [article("une", deadlines=rows)]).due]]
    many = tuple(deadline(str(n), "2026-11-30") for n in range(9))
    found.append([d.label for d in view("public", "index.html", [article("une", deadlines=many)]).due])
    assert [["0", "45"], ["0", "1", "2", "3", "4", "5"]] == found


def test_the_page_of_an_entry_counts_no_days():
    """It would have to be printed again each day."""
    entries = [article("une", deadlines=(deadline("Rendre", "2026-11-24"),))]
    assert [None] == [d.days_left for d in view("public", "actualites/une/index.html", entries).due]


def test_a_school_has_the_page_of_what_names_it_and_of_what_names_none():
    """By the deadline, or by its entry when that names none; a school that nothing names has what is for all."""
    other = "0869002T"
    entries = [
        school(UAI, title="École du Pont"),
        school(other, title="École du Gué"),
        school("0869003U", title="École du Bac"),
        article("a", deadlines=(deadline("la mienne", "2026-11-24", (UAI,)), deadline("pour tous", "2026-11-25"))),
        article("b", schools=(other,), windows=(window("la sienne", "2026-11-20", "2026-11-27"),)),
    ]
    made = sheets("public", entries)
    found = {
        path: [item.label for group in sheet.view.groups for item in group.items]
        for path, sheet in made.items()
        if path.startswith("echeances/") and sheet.form == "html"
    }
    assert {
        "echeances/index.html": ["la mienne", "pour tous", "la sienne"],
        f"echeances/{UAI}/index.html": ["la mienne", "pour tous"],
        f"echeances/{other}/index.html": ["pour tous", "la sienne"],
        "echeances/0869003U/index.html": ["pour tous"],
    } == found


def test_nothing_restricted_gives_a_school_a_page():
    """Not even an address."""
    note = article(
        "n", folder="directeurs", audience="directeurs", deadlines=(deadline("Rendre", "2026-11-24", (UAI,)),)
    )
    made = {name: [p for p in sheets(name, [school(UAI), note]) if UAI in p] for name in ("public", "directeurs")}
    path = f"echeances/{UAI}/index.html"
    assert (False, True) == (path in made["public"], path in made["directeurs"])
