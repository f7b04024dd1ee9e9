"""The feed of weeks, and a week as a letter."""

from datetime import timedelta

from gazette.compose.letters import letter
from gazette.compose.weeks import Bundle, bundled
from gazette.model.entry import Entry, Origin
from gazette.model.week import Week
from tests.compose.newsstand import NAMES, article, at, deadline, desk, tool, view

S46 = Week(2026, 46)


def items(entries: list, day: str = "2026-11-23", name: str = "public", hour: int = 12) -> list:
    """Return what the feed of weeks carries."""
    return list(view(name, "fils/semaine.atom", entries, at(day).replace(hour=hour)).items)


def told(*entries: Entry, name: str = "public"):
    """Return the letter of the week 46."""
    here = desk(name, list(entries))
    return letter(here, S46, bundled(here).get(S46, Bundle()))


def test_a_week_is_in_the_feed_from_friday_four_o_clock():
    """Neither before, nor with holidays between."""
    found = [items([], "2026-11-20", hour=hour)[0].url[-9:] for hour in (15, 16)]
    holidays = [item.url[-9:] for item in items([], "2026-11-14")][:2]
    assert (["2026-S46/", "2026-S47/"], ["2026-S46/", "2026-S45/"]) == (found, holidays)


def test_an_item_has_an_id_of_its_own_that_does_not_change():
    """By edition, since each tells another week; whatever the day and the entries."""

    def ids(entries: list, day: str, name: str) -> str:
        return next(i.id for i in items(entries, day, name) if i.url.endswith("2026-S46/"))

    found = {
        ids(entries, day, name)
        for name in NAMES
        for day in ("2026-11-14", "2026-12-10")
        for entries in ([], [article("a")])
    }
    assert 3 == len(found)


def test_an_item_is_published_on_its_friday_and_updated_with_what_it_lists():
    """Never before, never by the build."""
    late = at("2026-11-18")
    entry = article("une", date="2026-11-10", origin=Origin(late - timedelta(days=30), late))
    found = [next(i for i in items(e) if i.url.endswith("2026-S46/")) for e in ([], [entry])]
    friday = S46.closing
    assert [(friday, friday), (friday, late)] == [(i.published, i.updated.replace(microsecond=0)) for i in found]


def test_the_feed_leads_to_the_last_week_it_tells():
    """Its home is a page that stands."""
    found = view("directeurs", "fils/semaine.xml", [], at("2026-11-18"))
    assert "https://directeurs.sourcelle.example/semaine/2026-S46/" == found.home


def test_a_new_feed_is_empty():
    """On the first Monday nothing is told yet."""
    found = view("public", "fils/semaine.xml", [], at("2026-09-01"))
    assert ((), "https://sourcelle.example/") == (found.items, found.home)


def test_the_text_of_an_item_escapes_what_it_holds():
    """Titles are text."""
    entry = article("une", date="2026-11-10", title="a < b & ]]> « c » <script>", summary="x & y")
    item = next(i for i in items([entry]) if i.url.endswith("2026-S46/"))
    assert ("a &lt; b &amp; ]]&gt; « c » &lt;script&gt;</a>" in item.body.html, False) == (
        True,
        "<script" in item.body.html,
    )


def test_a_letter_tells_deadlines_then_fils_then_the_tool():
    """Addresses are absolute, and each is where the entry is printed."""
    due = article("due", date="2026-09-15", deadlines=(deadline("Rendre", "2026-11-17 18:00"),), audience="directeurs")
    found = told(due, article("une", date="2026-11-10"), tool("mur", date="2026-11-13"), name="directeurs")
    rows = [(part.title, [(line.title, line.url) for line in part.lines]) for part in found.parts]
    expected = [
        ("À faire la semaine suivante", [("Rendre", "https://directeurs.sourcelle.example/actualites/due/")]),
        ("Actualités pédagogiques", [("Titre une", "https://sourcelle.example/actualites/une/")]),
        (found.parts[2].title, [("Titre mur", "https://sourcelle.example/outils/mur/")]),
    ]
    assert (expected, "avant le mardi 17 novembre, 18 h") == (
        rows,
        found.parts[0].lines[0].facts.replace("\u00a0", " ").partition(" ·")[0],
    )


def test_the_subject_names_the_first_piece_of_news():
    """And counts the others."""
    one, two, three = (article(n, date=f"2026-11-1{rank}") for rank, n in enumerate("cba"))
    found = [told(*entries).subject for entries in ((), (one,), (one, two), (one, two, three))]
    assert [
        "Semaine 46 : rien de nouveau",
        "Semaine 46 : Titre c",
        "Semaine 46 : Titre b, et 1 autre nouvelle",
        "Semaine 46 : Titre a, et 2 autres nouvelles",
    ] == found


def test_a_week_without_anything_says_so_kindly():
    """In the letter and in the feed."""
    item = next(i for i in items([]) if i.url.endswith("2026-S46/"))
    assert ("Une semaine tranquille : rien de nouveau n’a paru.", ()) == (item.summary, told().parts)
