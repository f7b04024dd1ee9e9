"""How a publication is told."""

from pathlib import Path

import pytest

from gazette.publish.pages import Pages
from gazette.publish.plan import Plan
from gazette.publish.release import Release
from gazette.publish.releases import Damage
from gazette.publish.words import Bar, damage_lines, octets, place_lines, plan_lines, told_kinds


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 octets"), (999, "999 octets"), (1000, "1 ko"), (2_480_000, "2,48 Mo"), (3_000_000_000, "3 Go")],
)
def test_sizes_are_told_as_people_read_them(count: int, told: str):
    """With three figures and a comma."""
    assert told == octets(count)


def test_files_are_told_by_what_they_are():
    """In the singular for one."""
    paths = ("a/index.html", "fils/tout.xml", "frise/frise.ics", "media/1.webp", "robots.txt")
    assert "1 page, 2 fils et agendas, 1 image, 1 autre fichier" == told_kinds(paths)


def test_a_simulation_names_what_would_move():
    """The first ones, then how many more."""
    plan = Plan("public", tuple(f"{n}/index.html" for n in range(10)), ("a",), ("vieux.html",), 1234)
    one = Plan("public", ("index.html",), (), ("a", "b"), 5)
    lines = list(plan_lines(plan, is_done=False))
    assert ("public : 10 fichiers à envoyer (10 pages), 1,23 ko ; 1 à garder, 1 à supprimer", 11) == (
        lines[0],
        len(lines),
    )
    assert ["    envoyer  … et 2 autres", "    supprimer  vieux.html"] == lines[-2:]
    done = "public : 1 fichier envoyé (1 page), 5 octets ; 0 gardé, 2 supprimés"
    assert [done] == list(plan_lines(one, is_done=True))


def test_what_stands_there_otherwise_than_it_was_put_is_named():
    """Before as after, without the names of token feeds."""
    plan = Plan(
        "public", ("index.html",), (), (f"tout-{'abcd2345' * 4}.xml",), 5, ("index.html", f"t-{'abcd2345' * 4}.xml")
    )
    for is_done in (False, True):
        told = list(plan_lines(plan, is_done=is_done))[1]
        assert (True, True) == (
            "dont 2 fichiers en ligne autrement que publiés" in told,
            told.endswith(": index.html, t-….xml"),
        )


def test_nothing_to_do_is_told():
    """In one line."""
    assert ["public : rien à envoyer, 1 fichier déjà en ligne"] == list(
        plan_lines(Plan("public", (), ("a",), (), 0), is_done=True)
    )


class Told(Pages):
    """A place that remembers a release without an instant of its own, or one that cannot be believed."""

    def __init__(self, live: Release | None, doubt: str = "") -> None:
        super().__init__(Path("/srv/www"))
        self.live, self.doubt = live, doubt

    def on_line(self) -> Release | None:
        return self.live

    def doubts(self) -> tuple[str, ...]:
        return (self.doubt,) if self.doubt else ()


def test_what_is_on_line_is_told_since_its_publication():
    """Where nothing is switched, by its record; and a record that nobody believes is told as such."""
    live = Release(1, "2026-11-23T12:00:00+01:00", "2026-11-23 12:00", "0123456789abcdef", {})
    assert [
        "/srv/www",
        "    en ligne : édition 1, depuis le 23/11/2026 à 12:00 (commit 0123456789, jour 2026-11-23 12:00)",
    ] == list(place_lines(Told(live), ()))
    assert ["/srv/www", "    le manifeste manque"] == list(place_lines(Told(None, "le manifeste manque"), ()))


def test_a_stranger_s_name_commands_no_terminal():
    """Nor stops one that writes text alone."""
    told = " ".join(damage_lines(Damage("public", (), (), ("a\x1b[31m.html", "\udcff", "\n"))))
    assert told.isprintable()


def test_the_bar_is_for_terminals(capsys: pytest.CaptureFixture[str]):
    """A log of CI holds none of it."""
    with Bar() as tell:
        tell(10)
    assert ("", "") == capsys.readouterr()


def test_a_simulation_does_not_tell_the_names_of_token_feeds():
    """Logs of a forge are read by more people than the feeds."""
    path = f"tout-{'abcd2345' * 4}.xml"
    lines = list(plan_lines(Plan("directeurs-jeton", (path,), (), (path,), 12), is_done=False))
    assert ["    envoyer  tout-….xml", "    supprimer  tout-….xml"] == lines[1:]
