"""The home page: what is new, this week's tool, what comes next."""

from datetime import date

from tests.compose.newsstand import article, at, happening, tool, view


def test_each_fil_shows_its_three_newest():
    """Pinned entries stand first."""
    entries = [article(f"n{n}", date=f"2026-11-0{n}") for n in range(1, 6)]
    entries.append(article("pin", date="2026-09-01", pinned_until=date(2026, 12, 4)))
    lane = next(lane for lane in view("public", "index.html", entries).lanes if lane.fil.name == "actualites")
    assert ["actualites/pin/", "actualites/n5/", "actualites/n4/"] == [card.href for card in lane.cards]


def test_the_most_restricted_fil_comes_first_in_its_edition():
    """Directors find what is theirs on top."""
    lanes = view("directeurs", "index.html", []).lanes
    assert ["directeurs", "actualites", "projets"] == [lane.fil.name for lane in lanes]


def test_what_two_fils_show_stands_once():
    """In the fil that fewer may read, with a third of the other in its place; twice rather than an empty fil."""
    both = article("deux", folder="projets", also_in=("directeurs",), date="2026-11-09")
    more = [article(f"p{n}", folder="projets", date=f"2026-11-0{n}") for n in range(1, 5)]
    homes = [view("directeurs", "index.html", entries) for entries in ([both, *more], [both])]
    found = [{lane.fil.name: [c.href.split("/")[-2] for c in lane.cards] for lane in home.lanes} for home in homes]
    empty = {"actualites": []}
    assert [
        {"directeurs": ["deux"], "projets": ["p4", "p3", "p2"], **empty},
        {"directeurs": ["deux"], "projets": ["deux"], **empty},
    ] == found


def test_the_newest_tool_is_this_weeks():
    """And there is none where there is no tool."""
    entries = [tool("vieux", date="2026-11-06"), tool("neuf", date="2026-11-13")]
    found = [view("public", "index.html", e).tool for e in (entries, [])]
    assert ("Outil neuf", None) == (found[0].entry.tool, found[1])


def test_what_comes_next_is_what_is_not_over():
    """Six events of the next sixty days, and the one that lasts until today; nothing past."""
    entries = [
        happening("fini", "2026-11-20", "2026-11-22"),
        happening("dure", "2026-11-01", "2026-11-23"),
        *(happening(f"n{n}", f"2026-12-0{n}") for n in range(1, 8)),
        happening("loin", "2027-06-01"),
    ]
    found = [h.title for h in view("public", "index.html", entries, now=at("2026-11-23")).next]
    assert ["Titre dure", *(f"Titre n{n}" for n in range(1, 6))] == found
