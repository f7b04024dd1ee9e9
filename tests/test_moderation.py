"""Somebody answers to what waits: what stands, what is written down, what git keeps."""

from dataclasses import replace

import pytest

from gazette.errors import BusyError, ConfigurationError
from gazette.inquiry import inspect
from gazette.model.depeche import Depeche, Illustration
from gazette.model.finding import Severity
from gazette.moderation import Moderator, Shown, role_of
from gazette.newsdesk.lock import held
from gazette.newsdesk.queue import Item
from gazette.read.registers import decisions
from tests.newsdesk.waiting import PICTURE, depeche, git, put, repository, somebody, tree, with_picture
from tests.press.test_media import drawing
from tests.samples import Site, sample_newsroom

STANDS = "depeches/0869001S/2026-11-20-jardin.md"
WAITS = "depeches/attente/0869001S/2026-11-20-jardin.md"


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git know nobody of this machine."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")


def test_what_is_accepted_stands_and_no_longer_waits(site: Site):
    """Outside a repository the decision is written down all the same, pinned to the content."""
    item = depeche()
    put(site, item)
    who = somebody(site.content)
    is_committed = who.accept(who.items()[0], {})
    (decision,) = decisions(site.content)
    assert (False, {STANDS, "registres/decisions.yml"}, ("acceptee", "cpc", item.digest)) == (
        is_committed,
        set(tree(site.content)),
        (decision.answer, decision.role, decision.digest),
    )
    assert [STANDS] == [e.path for e in site.read().entries if e.provenance]


def test_what_is_refused_is_gone_with_its_reason(site: Site):
    """And nothing of it is printed."""
    put(site, depeche())
    who = somebody(site.content)
    who.refuse(who.items()[0], "Des prénoms\nd’élèves")
    (decision,) = decisions(site.content)
    assert ({"registres/decisions.yml"}, "Des prénoms d’élèves") == (set(tree(site.content)), decision.reason)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_refusal_has_a_reason(site: Site, reason: str):
    """The school may read it."""
    put(site, depeche())
    who = somebody(site.content)
    with pytest.raises(ConfigurationError, match="se motive"):
        who.refuse(who.items()[0], reason)
    assert [WAITS] == list(tree(site.content))


def test_an_accepted_text_stays_while_its_new_version_waits(site: Site):
    """Approval is pinned to the content."""
    put(site, depeche())
    who = somebody(site.content)
    who.accept(who.items()[0], {})
    put(site, depeche(body="Achetez nos montres."))
    assert ["fèves" in tree(site.content)[STANDS].decode(), True] == [True, bool(who.items()[0].standing)]
    who.refuse(who.items()[0], "Publicité")
    assert "fèves" in tree(site.content)[STANDS].decode()


def test_without_whom_it_shows_a_picture_stays_out(site: Site):
    """The text is accepted alone, and no longer calls the picture; the quarantine forgets it."""
    put(site, with_picture())
    who = somebody(site.content)
    who.accept(who.items()[0], {})
    text = tree(site.content)[STANDS].decode()
    assert (False, True, True) == (
        "0a1b" in text,
        "semé." in text and "Puis" in text,
        not any(who.quarantine.iterdir()),
    )


def test_a_picture_whose_people_are_told_goes_with_the_text(site: Site):
    """In a folder, out of the quarantine."""
    put(site, with_picture())
    who = somebody(site.content)
    who.accept(who.items()[0], {"0a1b.jpg": Shown("aucune")})
    folder = "depeches/0869001S/2026-11-20-jardin"
    (entry,) = [e for e in site.read().entries if e.provenance]
    assert (PICTURE, [("0a1b.jpg", "aucune", "Un semis")]) == (
        tree(site.content)[f"{folder}/0a1b.jpg"],
        [(i.file, i.people, i.alt) for i in entry.images],
    )
    put(site, depeche())
    who.accept(who.items()[0], {})
    assert {STANDS, "registres/decisions.yml"} == set(tree(site.content))


def test_what_a_source_says_of_people_is_not_believed(site: Site):
    """Only who corrects a text may declare in it."""
    item = with_picture()
    put(site, item)
    told = item.text().replace('alt: "Un semis"', 'alt: "Un semis"\n    personnes: aucune')
    site.write(WAITS, told)
    who = somebody(site.content)
    who.accept(who.items()[0], {})
    assert "0a1b" not in tree(site.content)[STANDS].decode()


def test_a_text_may_be_corrected(site: Site):
    """What is on line is the correction; what is judged is what the school sent."""
    item = depeche()
    put(site, item)
    who = somebody(site.content)
    who.accept(who.items()[0], {}, item.text().replace("fèves", "pois"))
    (decision,) = decisions(site.content)
    assert (True, item.digest, 64) == (
        "pois" in tree(site.content)[STANDS].decode(),
        decision.digest,
        len(decision.edited),
    )


THREE = "Nous avons semé des fèves avec Zoé.\n\nPuis arrosé.\n\nEnfin attendu."


def corrected(site: Site, fresh: Depeche, item: Depeche | None = None, **said: str) -> tuple[Moderator, Item]:
    """Correct a text, accept it, and have its school send another version."""
    first = item or depeche(body=THREE)
    put(site, first)
    who = somebody(site.content)
    shown = {name: Shown(people) for name, people in said.items()}
    who.accept(who.items()[0], shown, first.text().replace(" avec Zoé", "").replace("semis du", "semis au"))
    put(site, fresh)
    return who, who.items()[0]


def test_a_correction_is_made_again_in_the_next_version(site: Site):
    """What the school changed elsewhere comes with it; its register holds none of the words taken out."""
    fresh = depeche(body=THREE.replace("arrosé", "paillé"))
    who, item = corrected(site, fresh)
    again = who.correction(item)
    assert again
    body = THREE.replace("arrosé", "paillé").replace(" avec Zoé", "")
    assert fresh.text().replace(fresh.body, body).replace("semis du", "semis au").replace(
        '"', "'"
    ) == again.merged.replace('"', "'")
    who.accept(item, {}, again.merged)
    stands = tree(site.content)[STANDS].decode()
    assert (True, False, False) == (
        "paillé" in stands,
        "Zoé" in stands,
        b"Zo\xc3\xa9" in tree(site.content)["registres/decisions.yml"],
    )
    put(site, depeche(body=THREE.replace("arrosé", "paillé").replace("attendu", "récolté")))
    third = who.correction(who.items()[0])
    assert third
    assert ("récolté" in third.merged, "Zoé" in third.merged) == (True, False)


def test_a_correction_that_meets_a_change_is_shown(site: Site):
    """Nobody merges two minds about one line; who accepts the new version as it came is no longer reminded."""
    who, item = corrected(site, depeche(body=THREE.replace("fèves avec", "pois avec")))
    again = who.correction(item)
    assert again
    assert ("", True) == (again.merged, "Nous avons semé des fèves.\n" in again.lines)
    who.accept(item, {})
    put(site, depeche(body="Autre."))
    assert who.correction(who.items()[0]) is None


def test_a_correction_says_nothing_of_pictures(site: Site):
    """A moderator says again whom they show, in whichever version."""
    shown = (Illustration("0a1b.jpg", "Un semis", "Le semis"),)
    first = depeche(body=THREE + '\n\n![Un semis](0a1b.jpg "Le semis")', images=shown)
    fresh = depeche(body=first.body.replace("arrosé", "paillé"), images=shown)
    who, item = corrected(site, fresh, first, **{"0a1b.jpg": "aucune"})
    again = who.correction(item)
    assert again
    assert (True, True, False, False) == tuple(w in again.merged for w in ("paillé", "](0a1b.jpg", "Zoé", "personnes"))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("petit-pont.example/flux", "autre.example/flux", "d’où vient la dépêche"),
        ("---\n\n", "\n\n", "LEC-01"),
        ("titre: ", "titre: [", "LEC-04"),
    ],
)
def test_a_correction_that_breaks_the_text_changes_nothing(site: Site, before: str, after: str, told: str):
    """It is told, and the dépêche waits on."""
    item = depeche()
    put(site, item)
    who = somebody(site.content)
    with pytest.raises(ConfigurationError, match=told):
        who.accept(who.items()[0], {}, item.text().replace(before, after, 1))
    assert [WAITS] == list(tree(site.content))


@pytest.mark.parametrize("name", ["../../circonscription.yml", "absente.jpg"])
def test_a_picture_comes_from_the_quarantine_alone(site: Site, name: str):
    """A source names no other file of this machine."""
    item = with_picture()
    put(site, item)
    site.write(WAITS, item.text().replace("0a1b.jpg", name))
    who = somebody(site.content)
    with pytest.raises(ConfigurationError, match="quarantaine"):
        who.accept(who.items()[0], {name: Shown("aucune")})
    assert [WAITS] == list(tree(site.content))


def test_an_answer_to_another_version_is_none(site: Site):
    """What came since waits."""
    put(site, depeche())
    who = somebody(site.content)
    (item,) = who.items()
    put(site, depeche(body="Autre."))
    with pytest.raises(ConfigurationError, match="en attente"):
        who.accept(item, {})
    assert [WAITS] == list(tree(site.content))


def test_a_lost_or_broken_register_answers_nothing(site: Site):
    """It is never taken for « everything is accepted »."""
    put(site, depeche())
    site.write("registres/decisions.yml", "decisions: [")
    with pytest.raises(ConfigurationError, match="illisible"):
        somebody(site.content).items()


def test_two_runs_take_turns(site: Site):
    """The second is told, and loses nothing."""
    put(site, depeche())
    who = somebody(site.content)
    with held(site.content), pytest.raises(BusyError, match="en cours"):
        who.accept(who.items()[0], {})
    assert [WAITS] == list(tree(site.content))


def test_git_keeps_each_answer_in_one_commit(site: Site):
    """By who git says, else by Gazette; with trailers, and nothing else that was staged."""
    put(site, depeche("2026-11-20-a", id="1"), depeche("2026-11-21-b", id="2", body="Autre."))
    repository(site.content)
    site.write("actualites/2026-11-22-a-moi.md", "---\n---\n")
    git(site.content, "add", "actualites/2026-11-22-a-moi.md")
    who = somebody(site.content)
    told = [who.accept(who.items()[0], {}), who.refuse(who.items()[0], "Hors sujet")]
    log = git(site.content, "log", "-2", "--format=%an <%ae>%n%s%n%(trailers:only)", "--name-status")
    assert ([True, True], 2, ["actualites/2026-11-22-a-moi.md"]) == (
        told,
        log.count("Gazette <gazette@localhost>"),
        git(site.content, "diff", "--cached", "--name-only").split(),
    )
    said = (
        "Gazette-Decision: acceptee",
        "Gazette-Role: cpc",
        "Gazette-Motif: Hors sujet",
        "Refuse 0869001S/2026-11-21-b",
    )
    assert [] == [words for words in said if words not in log]


def test_the_role_is_asked_for_or_the_committers(site: Site):
    """By the address of who commits or of the function; else the team's, and why; an unknown one is refused."""
    newsroom = sample_newsroom()
    cpc = newsroom.role("cpc")
    assert cpc
    assert ("equipe", "git ne dit pas qui vous êtes") == role_of(site.content, newsroom, "")
    repository(site.content, "cpc@commits.example")
    assert ("cpc", "") == role_of(site.content, newsroom, "")
    git(site.content, "config", "user.email", cpc.email.upper())
    assert ("cpc", "") == role_of(site.content, newsroom, "")
    git(site.content, "config", "user.email", "autre@commits.example")
    assert ("equipe", "votre adresse git n’est celle d’aucun rôle") == role_of(site.content, newsroom, "")
    assert ("ien", "") == role_of(site.content, newsroom, "ien")
    with pytest.raises(ConfigurationError, match="rôle inconnu"):
        role_of(site.content, newsroom, "roi")


def test_a_lock_that_a_killed_git_left_is_taken_away(site: Site):
    """No git works here: nobody holds it."""
    put(site, depeche())
    repository(site.content)
    (site.content / ".git" / "index.lock").touch()
    who = somebody(site.content)
    assert who.accept(who.items()[0], {})


@pytest.mark.parametrize(
    ("body", "people", "data", "code"),
    [
        ("Appelez le 06 12 34 56 78.", "aucune", drawing(), "RGPD-32"),
        ("Bravo à Emma Dupont, en CM2.", "aucune", drawing(), "RGPD-20"),
        ("Nous avons semé.", "eleves", drawing(), "RGPD-12"),
        ("Nous avons semé.", "aucune", drawing()[:60], "RGPD-25"),
        ("Nous avons semé.", "aucune", drawing(), ""),
    ],
    ids=("telephone", "nom", "eleves", "abimee", "licite"),
)
def test_what_is_accepted_still_passes_the_whole_gate(site: Site, body: str, people: str, data: bytes, code: str):
    """The newsdesk asks a person; the press asks every rule again, of its text as of its decoded picture."""
    item = with_picture()
    put(site, replace(item, body=f"{body}\n\n![Un semis](0a1b.jpg)"))
    (site.content.parent / "quarantaine" / "0a1b.jpg").write_bytes(data)
    who = somebody(site.content)
    who.accept(who.items()[0], {"0a1b.jpg": Shown(people)})
    found = [f for f in inspect(site.order()).findings if f.place.file.startswith("depeches/")]
    assert {code} - {""} == {f.code for f in found if f.severity > Severity.NOTE}
