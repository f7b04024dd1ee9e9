"""What a name in ``publishconf.py`` stands for, and what goes where."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gazette.errors import ConfigurationError, TargetError
from gazette.publish.stage import Target, go_back, limits, plans, publish, target
from tests.plain import files
from tests.publish.newsstand import facts, proofed
from tests.samples import NOW


def settings(folder: Path, text: str) -> Path:
    """Write a settings file."""
    path = folder / "publishconf.py"
    path.write_text(text)
    return path


def test_the_local_target_is_the_folder_that_is_given(tmp_path: Path):
    """By ``--vers``, else by the settings."""
    path = settings(tmp_path, f'TARGETS = {{"local": {{"type": "local", "dossier": "{tmp_path}/www"}}}}')
    found = [target(path, "local", folder).places(["public"]) for folder in ("", str(tmp_path / "autre"))]
    assert [[str(tmp_path / "www")], [str(tmp_path / "autre")]] == [list(f) for f in found]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("TARGETS = {}", "local", "inconnue"),
        ("", "local", "inconnue"),
        ('TARGETS = {"local": {"type": "local"}}', "locale", "inconnue"),
        ('TARGETS = {"local": {"type": "local"}}', "local", "--vers"),
        ('TARGETS = {"web": {"type": "ftp"}}', "web", "type inconnu"),
        ('TARGETS = {"web": {}}', "web", "type inconnu"),
        ('TARGETS = {"web": {"type": "zip", "dossier": "x", "dosier": "y"}}', "web", "réglage inconnu « dosier »"),
        ('TARGETS = {"web": {"type": "pages", "dossier": "x"}}', "web", "il manque editions"),
        ("TARGETS = {", "local", "illisibles"),
    ],
)
def test_a_target_that_cannot_be_used_is_told(tmp_path: Path, text: str, name: str, reason: str):
    """In one line, before anything is built."""
    with pytest.raises(ConfigurationError, match=reason):
        target(settings(tmp_path, text), name, "")


def declared(folder: Path, **facts_of: object) -> Target:
    """Return a target made of settings."""
    return target(settings(folder, f"TARGETS = {{'cible': {facts_of!r}}}"), "cible")


def test_each_edition_may_go_to_its_own_place(tmp_path: Path):
    """And the tree of a token feed goes with its edition."""
    where = {"public": {"dossier": f"{tmp_path}/a"}, "directeurs": {"dossier": f"{tmp_path}/b"}}
    place = declared(tmp_path, type="local", editions=where)
    editions = [proofed(tmp_path, n, index=n) for n in ("public", "enseignants", "directeurs", "directeurs-jeton")]
    outcome = publish(place, editions, facts(), lambda _: None)
    on_line = [sorted(p.name for p in (tmp_path / d).iterdir() if not p.name.startswith(".")) for d in ("a", "b")]
    assert ([["public"], ["directeurs", "directeurs-jeton"]], ["public", "directeurs", "directeurs-jeton"]) == (
        on_line,
        [p.audience for p in outcome.plans],
    )
    assert ("enseignants : cette édition ne va pas sur la cible cible",) == outcome.notes


@pytest.mark.parametrize(("kind", "taken"), [("zip", []), ("pages", []), ("local", ["directeurs-jeton"])])
def test_token_feeds_are_not_handed_to_who_puts_them_on_line(tmp_path: Path, kind: str, taken: list[str]):
    """Unless they are named: an ENT cannot log in to read them."""
    names = ["directeurs", "directeurs-jeton"]
    place = declared(tmp_path, type=kind, dossier=f"{tmp_path}/a", editions=["directeurs"])
    assert [["directeurs", *taken]] == [editions for _, editions in place.places(names).values()]


def test_two_editions_in_one_place_are_refused(tmp_path: Path):
    """Where each needs its own: a restricted one would replace the public one."""
    place = declared(tmp_path, type="pages", dossier=f"{tmp_path}/public", editions=["public", "directeurs"])
    with pytest.raises(ConfigurationError, match="iraient au même endroit"):
        place.places(["public", "directeurs"])


def test_one_place_that_fails_holds_the_others_back(tmp_path: Path):
    """All are prepared before any is switched."""
    where = {"public": {"dossier": f"{tmp_path}/a"}, "directeurs": {"dossier": f"{tmp_path}/b"}}
    place = declared(tmp_path, type="local", editions=where)
    (tmp_path / "b").write_text("")
    with pytest.raises(TargetError):
        publish(place, [proofed(tmp_path, n, index=n) for n in where], facts(), lambda _: None)
    assert {} == {n: b for n, b in files(tmp_path / "a").items() if n.endswith(".html")}


def test_planning_and_going_back_reach_every_place(tmp_path: Path):
    """As publishing does."""
    where = {"public": {"dossier": f"{tmp_path}/a"}, "directeurs": {"dossier": f"{tmp_path}/b"}}
    place = declared(tmp_path, type="local", editions=where)
    for text in ("1", "2"):
        editions = [proofed(tmp_path, name, index=text) for name in where]
        planned = plans(place, [e.manifest for e in editions])
        publish(place, editions, facts(), lambda _: None)
    done = go_back(place, where, 0, facts())
    pages = [(tmp_path / d / n / "index.html").read_text() for d, n in (("a", "public"), ("b", "directeurs"))]
    assert ([1, 1], [1, 1], ["1", "1"]) == ([len(p.uploads) for p in planned], [r.number for _, r in done], pages)


def test_a_register_left_behind_publishes_nothing_and_goes_back_to_nothing(tmp_path: Path):
    """A clone from before a withdrawal, a restored backup: each would bring back what is gone (R19)."""
    place = declared(tmp_path, type="local", dossier=f"{tmp_path}/www")
    first, edition = facts(), proofed(tmp_path, index="1")
    later = replace(first, withdrawn=frozenset({"a" * 32}))
    publish(place, [edition], first, lambda _: None)
    publish(place, [edition], later, lambda _: None)  # no file changes: it is remembered all the same
    before = files(tmp_path / "www")
    for stale in (
        lambda: publish(place, [proofed(tmp_path, index="2")], first, lambda _: None),
        lambda: plans(place, [edition.manifest]),
        lambda: go_back(place, ["public"], 1, first),
    ):
        with pytest.raises(TargetError, match=r"1 retrait\(s\) déjà en ligne ne sont pas dans registres/retraits\.yml"):
            stale()
    assert before == files(tmp_path / "www")
    publish(
        place, [proofed(tmp_path, index="2")], replace(later, withdrawn=later.withdrawn | {"b" * 32}), lambda _: None
    )


@pytest.mark.parametrize(("days", "uncommitted"), [(1, 0), (0, 3), (0, None)])
def test_readers_elsewhere_get_what_a_commit_holds_today(tmp_path: Path, days: int, uncommitted: int | None):
    """A local target says what is out of the ordinary, a remote one refuses it."""
    local = declared(tmp_path, type="local", dossier=f"{tmp_path}/a")
    day = NOW + timedelta(days=days)
    told = list(limits(local, now=NOW, day=day, uncommitted=uncommitted))
    with pytest.raises(ConfigurationError, match="seule une cible local"):
        list(limits(declared(tmp_path, type="zip", dossier="x"), now=NOW, day=day, uncommitted=uncommitted))
    assert (1, []) == (len(told), list(limits(local, now=NOW, day=NOW, uncommitted=0)))


@pytest.mark.parametrize("kind", ["local", "zip"])
def test_token_feeds_without_a_secret_leave_the_place_they_had_to_themselves(tmp_path: Path, kind: str):
    """What goes with its edition elsewhere goes here too; nothing is kept of it, and once is enough."""
    names = ("directeurs", "directeurs-jeton")
    where = {name: {"dossier": f"{tmp_path}/{name}"} for name in names}
    place = declared(tmp_path, type=kind, editions=where)
    editions = [proofed(tmp_path, name, index=name) for name in names]
    publish(place, editions, facts(), lambda _: None)
    told = plans(place, [editions[0].manifest], ["directeurs-jeton"])
    done = publish(place, editions[:1], facts(), lambda _: None, ["directeurs-jeton"])
    again = publish(place, editions[:1], facts(), lambda _: None, ["directeurs-jeton"])
    left = [p for p in (tmp_path / "directeurs-jeton").rglob("*") if p.is_file() and p.suffix in {".html", ".zip"}]
    assert ([], ["directeurs-jeton"], ["directeurs-jeton"], True) == (
        left,
        [plan.audience for plan in told if plan.deletes],
        [plan.audience for plan in done.plans if plan.deletes],
        all(plan.is_empty for plan in again.plans),
    )
    assert any(p.name in {"index.html", "gazette-directeurs.zip"} for p in (tmp_path / "directeurs").rglob("*"))
    with pytest.raises(TargetError):
        go_back(place, names, 0, facts())
    assert [] == list((tmp_path / "directeurs-jeton").rglob("*.html"))
