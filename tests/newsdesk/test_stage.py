"""A collection: what comes waits, once, with its origin; what a source says later is followed, never trusted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazette.errors import BusyError, ConfigurationError
from gazette.model.decision import AFTERWARDS, Decision
from gazette.model.depeche import provenance
from gazette.newsdesk.lock import held
from gazette.read.worker import parse
from tests.newsdesk.misbehaving import Peer, misbehaving
from tests.newsdesk.newsroom import OTHER, UAI, Newsdesk, entry, rss, trusted
from tests.samples import CONTENT

PHOTO = (CONTENT / "actualites" / "2026-11-18-affiche" / "carte.jpg").read_bytes()


@pytest.fixture
def desk(tmp_path: Path) -> Newsdesk:
    """Give a test its newsdesk."""
    return Newsdesk(tmp_path)


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Give a test its server."""
    with misbehaving() as served:
        yield served


def titles(desk: Newsdesk) -> dict[str, str]:
    """Return each dépêche's title by its path."""
    return {path: parse(text.encode())["front"]["titre"] for path, text in desk.files().items()}


def test_what_comes_waits_with_its_origin(desk: Newsdesk, peer: Peer):
    """One file an item, which the reader reads, signed by the school and pinned to its content."""
    url = peer.serve_feed("/f", rss(entry(3, "Semaine du goût &amp; co", "Un &lt;b&gt;texte&lt;/b&gt;.")), '"v1"')
    desk.declare("rss", url, fils=("projets", "actualites"))
    done = desk.one()
    ((path, text),) = desk.files().items()
    origin, read = provenance(text), parse(text.encode())
    assert origin
    facts = (origin.source, origin.id, origin.link, origin.seen)
    assert ("attente/0869001S/2026-11-04-semaine-du-gout-co.md", 1) == (path, done.new)
    assert (url, "tag:3", "https://ecole.example/3", "2026-11-23") == facts
    assert ([], "projets", UAI, "<p>Un <strong>texte</strong>.</p>") == (
        read["faults"],
        read["front"]["fil"],
        read["front"]["auteur"],
        read["body"]["html"],
    )


def test_a_source_sets_nothing_but_its_words(desk: Newsdesk, tmp_path: Path):
    """M23-M25, M47: an address, an edition, a status, a school or an approval of its own does nothing."""
    shared = tmp_path / "partage"
    shared.mkdir()
    head = "titre: A\ndate: 2026-11-02\nSave_as: index.html\nurl: javascript:1\nauteur: ien\necoles: [0869002T]\n"
    head += "slug: ../../x\nvalidation: {par: ien}\nid: actualites/autre\nanciennes_adresses: [mentions-legales]\n"
    (shared / "a.md").write_text(f"---\n{head}epingle: 2027-01-01\nfil: directeurs\n---\nBonjour.\n")
    desk.declare("dossier", str(shared))
    desk.one()
    (text,) = desk.files().values()
    assert {"fil", "titre", "date", "resume", "auteur", "statut", "origine"} == set(parse(text.encode())["front"])
    assert (UAI, "actualites") == tuple(parse(text.encode())["front"][k] for k in ("auteur", "fil"))


def test_nothing_new_writes_nothing(desk: Newsdesk, peer: Peer):
    """A second run asks whether it changed, and leaves every byte."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1), entry(2)), '"v1"'))
    desk.run()
    before = desk.tree()
    done = desk.one()
    assert (before, 0, True) == (desk.tree(), done.new, b"if-none-match" in peer.asked[-1].lower())


def test_a_change_waits_while_the_accepted_text_stays(desk: Newsdesk, peer: Peer):
    """An approval is pinned to the content: the new version is judged anew."""
    url = peer.serve_feed("/f", rss(entry(1, text="Premier.")))
    desk.declare("rss", url)
    desk.run()
    desk.accept("attente/0869001S/2026-11-02-article-1.md")
    accepted = desk.files()
    desk.run()
    assert accepted == desk.files()
    peer.serve_feed("/f", rss(entry(1, text="Second.")))
    desk.run()
    after = desk.files()
    assert ("Premier." in after["0869001S/2026-11-02-article-1.md"], 2) == (True, len(after))
    assert "Second." in after["attente/0869001S/2026-11-02-article-1.md"]


def test_what_was_refused_comes_back_only_when_it_changes(desk: Newsdesk, peer: Peer):
    """The very content is refused."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1), entry(2))))
    desk.run()
    desk.refuse("attente/0869001S/2026-11-02-article-1.md")
    peer.serve_feed("/f", rss(entry(1), entry(2), entry(3)))
    done = desk.one()
    assert ({"Article 2", "Article 3"}, 1) == (set(titles(desk).values()), done.health.refused)
    peer.serve_feed("/f", rss(entry(1, text="Corrigé."), entry(2), entry(3)))
    desk.run()
    assert {"Article 1", "Article 2", "Article 3"} == set(titles(desk).values())


def test_what_was_removed_without_an_answer_comes_back(desk: Newsdesk, peer: Peer):
    """O7: a file that vanished is written again, from what is kept when the source says that nothing changed."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1), entry(2)), '"v1"'))
    desk.run()
    before = desk.tree()
    (desk.content / "depeches/attente/0869001S/2026-11-02-article-1.md").unlink()
    done = desk.one()
    assert (before, 1, 0) == (desk.tree(), done.mended, done.new)


def test_a_withdrawal_at_the_source_is_followed(desk: Newsdesk, peer: Peer):
    """F80: waiting or accepted; what only left the window of the feed stays."""
    desk.declare("rss", peer.serve_feed("/f", rss(*(entry(n) for n in range(1, 9)))))
    desk.run()
    desk.accept("attente/0869001S/2026-11-06-article-5.md")
    peer.serve_feed("/f", rss(*(entry(n) for n in range(3, 9) if n != 5)))
    done = desk.one()
    assert (1, {f"Article {n}" for n in (1, 2, 3, 4, 6, 7, 8)}) == (done.withdrawn, set(titles(desk).values()))


@pytest.mark.parametrize("body", [b"", b"<html><p>panne</p></html>", rss(), rss(entry(1))[:-60], b"{}", b"\0" * 50])
def test_an_empty_or_broken_answer_deletes_nothing(desk: Newsdesk, peer: Peer, body: bytes):
    """F49: whatever is answered with 200."""
    desk.declare("rss", peer.serve_feed("/f", rss(*(entry(n) for n in range(1, 5)))))
    desk.run()
    before = desk.files()
    peer.serve_feed("/f", body)
    desk.run()
    assert before == desk.files()


def test_a_mass_withdrawal_is_held_until_it_is_confirmed(desk: Newsdesk, tmp_path: Path):
    """G13: more than 30 % at once."""
    shared = tmp_path / "partage"
    shared.mkdir()
    for n in range(10):
        (shared / f"{n}.md").write_text(f"---\ntitre: T{n}\ndate: 2026-11-0{1 + n % 9}\nresume: r\n---\nx\n")
    desk.declare("dossier", str(shared))
    desk.run()
    for n in range(4):
        (shared / f"{n}.md").unlink()
    held_back = desk.one()
    again = desk.one()
    assert (10, "4 articles retirés d’un coup sur 10") == (len(desk.files()), held_back.health.held)
    assert held_back.health.held == again.health.held
    done = desk.one(UAI, is_confirmed=True)
    assert (6, 4, "") == (len(desk.files()), done.withdrawn, done.health.held)


def test_a_flood_is_held_until_it_is_confirmed(desk: Newsdesk, peer: Peer):
    """F71: hundreds of « new » articles at once."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1))))
    desk.run()
    peer.serve_feed("/f", rss(*(entry(n) for n in range(1, 120))))
    assert ("118 nouveaux articles d’un coup", 1) == (desk.one().health.held, len(desk.files()))
    desk.run(UAI, is_confirmed=True)
    assert 119 == len(desk.files())


@pytest.mark.parametrize("branch", ["", "collecte/2026-S48"])
def test_a_flood_in_slices_is_a_flood(desk: Newsdesk, peer: Peer, branch: str):
    """F71: twenty an hour are two hundred a day; the next day begins anew, and so does what somebody accepted."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1))))
    desk.run(branch=branch)
    desk.later(days=1)
    peer.serve_feed("/f", rss(*(entry(n) for n in range(1, 17))))
    first = desk.one(branch=branch)
    peer.serve_feed("/f", rss(*(entry(n) for n in range(1, 27))))
    second = desk.one(branch=branch)
    assert ("", "10 nouveaux articles d’un coup, après 15 le même jour") == (first.health.held, second.health.held)
    assert 16 == len(desk.files())
    desk.later(days=1)
    assert ("", 26) == (desk.one(branch=branch).health.held, len(desk.files()))


def test_new_ids_for_the_same_words_are_the_same_articles(desk: Newsdesk, peer: Peer):
    """F71: a site that was moved changes all of its guids."""
    desk.declare("rss", peer.serve_feed("/f", rss(*(entry(n, guid=f"http://a/{n}") for n in range(1, 6)))))
    desk.run()
    before = set(titles(desk))
    peer.serve_feed("/f", rss(*(entry(n, guid=f"https://b/{n}") for n in range(1, 6))))
    done = desk.one()
    assert (before, 0, "") == (set(titles(desk)), done.withdrawn, done.health.held)


def test_one_school_cannot_touch_the_dispatches_of_another(desk: Newsdesk, peer: Peer):
    """F70, M26: same guid, same link, same title: each its own, in its own folder."""
    desk.declare("rss", peer.serve_feed("/a", rss(entry(1))))
    desk.declare("rss", peer.serve_feed("/b", rss(entry(1), entry(1, guid="tag:1b"))), OTHER)
    desk.run()
    found = desk.files()
    names = [path.rsplit("/", 1)[-1] for path in found if OTHER in path]
    assert (3, 2, True) == (len(found), len(set(names)), "2026-11-02-article-1.md" in names)
    before = {p: t for p, t in found.items() if UAI in p}
    peer.serve_feed("/b", rss(entry(1, title="Volé", text="Autre.")))
    desk.run()
    assert before == {p: t for p, t in desk.files().items() if UAI in p}


def test_a_trusted_source_is_accepted_at_once_without_its_pictures(desk: Newsdesk, peer: Peer):
    """Moderation afterwards: the text alone, since nobody said whom a picture shows."""
    peer.answer("/p.jpg", f"HTTP/1.1 200 OK\nContent-Length: {len(PHOTO)}", PHOTO)
    text = f"&lt;p&gt;Avant&lt;/p&gt;&lt;img alt='Une pomme' src='{peer.url('/p.jpg')}'&gt;"
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1, text=text))))
    desk.sources = [trusted(s) for s in desk.sources]
    desk.run()
    ((path, told),) = desk.files().items()
    assert ("0869001S/2026-11-02-article-1.md", False, True) == (path, "images:" in told, "Une pomme" in told)


def test_what_was_accepted_without_an_answer_is_recorded_and_judged_afterwards(desk: Newsdesk, peer: Peer):
    """The register says why it stands; once somebody removes it, neither it nor its next version comes back on line."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1), entry(2))))
    desk.sources = [trusted(s) for s in desk.sources]
    desk.run()
    told = [(d.answer, d.role, d.reason, d.id) for d in desk.answers()]
    assert [("acceptee", "ien", AFTERWARDS, f"tag:{n}") for n in (1, 2)] == sorted(told)
    (desk.content / "depeches/0869001S/2026-11-02-article-1.md").unlink()
    desk.run()
    assert {"Article 2"} == set(titles(desk).values())
    peer.serve_feed("/f", rss(entry(1, text="Autre."), entry(2, text="Encore.")))
    desk.run()
    found = titles(desk)
    assert {"attente/0869001S/2026-11-02-article-1.md", "0869001S/2026-11-03-article-2.md"} == found.keys()


def test_what_somebody_corrected_or_refused_is_no_longer_followed_blindly(desk: Newsdesk, peer: Peer):
    """A trusted source cannot write its own words over a moderator's."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1))))
    desk.run()
    desk.accept("attente/0869001S/2026-11-02-article-1.md")
    (text,) = desk.files().values()
    origin = provenance(text)
    assert origin
    facts = {"source": origin.source, "id": origin.id, "digest": origin.digest, "day": desk.now.date()}
    edited = Decision(depeche="0869001S/a", answer="acceptee", role="ien", edited="0" * 64, **facts)
    desk.decisions = [edited]
    desk.sources = [trusted(s) for s in desk.sources]
    peer.serve_feed("/f", rss(entry(1, text="Autre.")))
    desk.run()
    assert ["0869001S/2026-11-02-article-1.md", "attente/0869001S/2026-11-02-article-1.md"] == sorted(desk.files())
    assert "Texte 1." in desk.files()["0869001S/2026-11-02-article-1.md"]


def test_what_was_refused_is_not_followed_under_another_name(desk: Newsdesk, peer: Peer):
    """A trusted source changes it, gives it another identity, or says it by another way: it waits."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1, title="Appel aux dons"), entry(2))))
    desk.run()
    desk.refuse("attente/0869001S/2026-11-02-appel-aux-dons.md")
    desk.accept("attente/0869001S/2026-11-03-article-2.md")
    desk.sources = [trusted(s) for s in desk.sources]
    for words in (entry(1, title="Appel aux dons", text="Autre."), entry(7, title="Appel aux dons", text="Encore.")):
        peer.serve_feed("/f", rss(words, entry(2)))
        desk.run()
        assert {True} == {"attente/" in path for path, told in desk.files().items() if "dons" in told}
    desk.declare("rss", peer.serve_feed("/g", rss(entry(1, title="Appel aux dons"))))
    desk.sources = [trusted(s) for s in desk.sources]
    desk.run()
    assert {True} == {"attente/" in path for path, told in desk.files().items() if "dons" in told}


def test_a_trusted_source_that_says_all_otherwise_is_held(desk: Newsdesk, peer: Peer):
    """F72: a site that was taken over; what is on line stays until somebody, who looked, confirms."""
    desk.declare("rss", peer.serve_feed("/f", rss(*(entry(n) for n in range(1, 31)))))
    desk.sources = [trusted(s) for s in desk.sources]
    desk.run()
    before = desk.files()
    peer.serve_feed("/f", rss(*(entry(n, text="Achetez !") for n in range(1, 31))))
    assert ("30 articles changés d’un coup", before) == (desk.one().health.held, desk.files())
    desk.run(UAI, is_confirmed=True)
    assert {True} == {"Achetez !" in text for text in desk.files().values()}


def test_a_branch_writes_over_no_correction(desk: Newsdesk, peer: Peer):
    """Merging would undo it unseen: the next version waits, for the same to be done to it."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1), entry(2))))
    desk.run()
    for name in ("2026-11-02-article-1", "2026-11-03-article-2"):
        desk.accept(f"attente/0869001S/{name}.md")
    origin = provenance(desk.files()["0869001S/2026-11-02-article-1.md"])
    assert origin
    facts = {"source": origin.source, "id": origin.id, "digest": origin.digest, "day": desk.now.date()}
    desk.decisions = [Decision(depeche="0869001S/a", answer="acceptee", role="ien", edited="0" * 64, **facts)]
    peer.serve_feed("/f", rss(entry(1, text="Autre."), entry(2, text="Encore.")))
    desk.run(branch="collecte/2026-S48")
    found = desk.files()
    assert ("Texte 1." in found["0869001S/2026-11-02-article-1.md"], 3) == (True, len(found))
    assert "Autre." in found["attente/0869001S/2026-11-02-article-1.md"]
    assert "Encore." in found["0869001S/2026-11-03-article-2.md"]


def test_what_a_source_takes_back_waits_no_more(desk: Newsdesk, peer: Peer):
    """A change, then the accepted words again: nobody can accept what the school no longer says."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1))))
    desk.run()
    desk.accept("attente/0869001S/2026-11-02-article-1.md")
    before = desk.files()
    peer.serve_feed("/f", rss(entry(1, text="Autre.")))
    desk.run()
    peer.serve_feed("/f", rss(entry(1)))
    desk.run()
    assert before == desk.files()


def test_what_was_removed_by_hand_stays_so_when_the_lock_file_is_lost(desk: Newsdesk, peer: Peer):
    """The register remembers that it was accepted; what never was comes again."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1), entry(2))))
    desk.run()
    (origin,) = [o for t in desk.files().values() if (o := provenance(t)) and o.id == "tag:1"]
    facts = {"source": origin.source, "id": origin.id, "digest": origin.digest, "day": desk.now.date()}
    desk.decisions = [Decision(depeche="0869001S/a", answer="acceptee", role="ien", **facts)]
    for file in (desk.content / "depeches/attente/0869001S").iterdir():
        file.unlink()
    (desk.content / "federation.lock.json").unlink()
    desk.run()
    assert {"Article 2"} == set(titles(desk).values())


def test_an_agenda_gives_events_and_an_article_cannot_be_one(desk: Newsdesk, peer: Peer, tmp_path: Path):
    """``fils: [evenements]``: dates at the head; without a date, told and left out."""
    lines = ("VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:a@b", "SUMMARY:Kermesse", "LOCATION:Préau\\, cour")
    lines += ("DTSTART:20261218T160000Z", "DTEND:20261218T180000Z", "STATUS:CANCELLED", "END:VEVENT")
    body = "\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "")).encode()
    desk.declare("ics", peer.serve_feed("/a.ics", body), fils=("evenements",))
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1))), OTHER, fils=("evenements",))
    done = {g.correspondent.kind: g for g in desk.run().gathered}
    (text,) = desk.files().values()
    front = parse(text.encode())["front"]
    dates = {"debut": "2026-12-18 17:00", "fin": "2026-12-18 19:00", "lieu": "Préau, cour", "etat": "annule"}
    assert (dates, None) == ({key: front.get(key) for key in dates}, front.get("evenements"))
    assert "article sans date d’événement" in done["rss"].health.notes[0]


def test_a_picture_goes_through_the_gate_into_the_quarantine(desk: Newsdesk, peer: Peer):
    """Decoded and encoded again by the press's own worker; what is no picture leaves its description."""
    peer.answer("/p.jpg", f"HTTP/1.1 200 OK\nContent-Length: {len(PHOTO)}", PHOTO)
    peer.answer("/faux.jpg", "HTTP/1.1 200 OK", b"<svg onload=alert(1)>")
    pictures = "".join(f"&lt;img alt='{n}' src='{peer.url(f'/{n}.jpg')}'&gt;" for n in ("p", "faux"))
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1, text=f"&lt;p&gt;Avant {pictures}&lt;/p&gt;"))))
    desk.run()
    (text,) = desk.files().values()
    (kept,) = (desk.folder / "quarantaine").iterdir()
    images = parse(text.encode())["front"]["images"]
    assert ([{"fichier": kept.name, "alt": "p"}], b"\xff\xd8\xff") == (images, kept.read_bytes()[:3])
    assert (True, False) == ("Exif" not in kept.read_bytes()[:200].decode("latin-1"), "faux.jpg" in text)


def illustrated(peer: Peer, *names: str) -> str:
    """Return an item with pictures."""
    return entry(
        1, text="".join(f"&lt;p&gt;&lt;img alt='{n}' src='{peer.url(f'/{n}.jpg')}'&gt;&lt;/p&gt;" for n in names)
    )


def lent(peer: Peer, name: str) -> None:
    """Have a peer answer a picture."""
    peer.answer(f"/{name}.jpg", f"HTTP/1.1 200 OK\nContent-Length: {len(PHOTO)}", PHOTO)


def test_a_picture_whose_server_was_down_is_asked_again(desk: Newsdesk, peer: Peer):
    """It is told; nothing changes at the source, and it comes with the next run; what has gone for good does not."""
    peer.answer("/p.jpg", "HTTP/1.1 503 Non\nContent-Length: 0")
    peer.answer("/q.jpg", "HTTP/1.1 404 Non\nContent-Length: 0")
    desk.declare("rss", peer.serve_feed("/f", rss(illustrated(peer, "p", "q")), '"v1"'))
    first = desk.one()
    assert (True, False) == (
        "1 image(s) qui n’ont pu" in first.health.notes[0],
        "images:" in "".join(desk.files().values()),
    )
    assert (0, 0) == (desk.one().new, desk.one().mended)
    lent(peer, "p")
    done = desk.one()
    ((path, text),) = desk.files().items()
    (kept,) = (desk.folder / "quarantaine").glob("*.jpg")
    assert (1, (), True, True) == (done.mended, done.health.notes, "attente/" in path, f"({kept.name})" in text)
    asked = len(peer.asked)
    desk.run()
    assert [b"/f"] == [request.split()[1] for request in peer.asked[asked:]]


def test_a_picture_that_fails_for_a_week_is_given_up(desk: Newsdesk, peer: Peer):
    """Within bounds: told once, and not asked for again."""
    peer.answer("/p.jpg", "HTTP/1.1 503 Non\nContent-Length: 0")
    desk.declare("rss", peer.serve_feed("/f", rss(illustrated(peer, "p")), '"v1"'))
    desk.run()
    before = desk.tree()
    desk.later(days=6)
    desk.run()
    assert before == desk.tree()
    desk.later(days=2)
    assert "sept jours" in desk.one().health.notes[0]
    asked = len(peer.asked)
    desk.run()
    assert [b"/f"] == [request.split()[1] for request in peer.asked[asked:]]


def test_a_picture_that_was_lacking_brings_no_refused_text_back(desk: Newsdesk, peer: Peer):
    """Refused: nothing changed at the source. Accepted alone: its picture is a new version, which waits."""
    peer.answer("/p.jpg", "HTTP/1.1 503 Non\nContent-Length: 0")
    desk.declare(
        "rss",
        peer.serve_feed(
            "/f",
            rss(
                illustrated(peer, "p"), entry(2).replace("Texte 2.", "&lt;img src='" + peer.url("/p.jpg") + "'&gt;Deux")
            ),
            '"v1"',
        ),
    )
    desk.run()
    desk.refuse("attente/0869001S/2026-11-02-article-1.md")
    desk.accept("attente/0869001S/2026-11-03-article-2.md")
    lent(peer, "p")
    desk.run()
    assert {"0869001S/2026-11-03-article-2.md", "attente/0869001S/2026-11-03-article-2.md"} == desk.files().keys()


def test_what_is_pinned_is_replayed_without_asking_anybody(desk: Newsdesk, peer: Peer):
    """``--hors-ligne``: the lock file and what is kept here give the queue again."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1), entry(2)), '"v1"'))
    desk.run()
    before, asked = desk.tree(), len(peer.asked)
    for file in (desk.content / "depeches/attente/0869001S").iterdir():
        file.unlink()
    desk.run(is_offline=True)
    assert (before, asked) == (desk.tree(), len(peer.asked))


def test_a_source_that_is_not_authorised_is_not_asked(desk: Newsdesk, peer: Peer):
    """Neither without the inspector, nor before the day."""
    url = peer.serve_feed("/f", rss(entry(1)))
    desk.declare("rss", url, authorised_by="cpc")
    desk.declare("rss", f"{url}?2", authorised_on=None)
    assert ((), []) == (desk.run().gathered, peer.asked)


def test_a_source_that_fails_waits_longer_and_longer(desk: Newsdesk, peer: Peer):
    """F50, F51: its last good items stay; a Retry-After is honoured; what is gone is not asked again."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1))))
    desk.run()
    peer.answer("/f", "HTTP/1.1 503 Non\nRetry-After: 7200")
    first = desk.one()
    desk.now = desk.now.replace(minute=30)
    skipped = desk.one()
    asked = len(peer.asked)
    peer.answer("/f", "HTTP/1.1 410 Gone")
    desk.later(hours=3)
    gone = desk.one()
    desk.later(days=30)
    desk.run()
    assert (("RES-16", 1), False, 2) == ((first.health.code, first.health.faults), skipped.is_asked, asked)
    assert (True, 3, 1) == (gone.health.is_gone, len(peer.asked), len(desk.files()))


def test_two_runs_at_once_are_one(desk: Newsdesk):
    """The second says so."""
    (desk.content / "depeches").mkdir()
    with held(desk.content), pytest.raises(BusyError):
        desk.run()


def test_a_broken_lock_file_stops_before_anything_is_written(desk: Newsdesk, peer: Peer):
    """A conflict of merge is a set-up that cannot work."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1))))
    (desk.content / "federation.lock.json").write_text("<<<<<<< HEAD\n")
    with pytest.raises(ConfigurationError):
        desk.run()
    assert ({}, []) == (desk.files(), peer.asked)


def test_the_lock_file_pins_what_was_seen(desk: Newsdesk, peer: Peer):
    """ETag, digest, and each item by name."""
    one = desk.declare("rss", peer.serve_feed("/f", rss(entry(1)), '"v1"'))
    desk.run()
    page = json.loads((desk.content / "federation.lock.json").read_text())["sources"][one.key]
    assert ('"v1"', ["tag:1"], "2026-11-02-article-1") == (
        page["etag"],
        list(page["items"]),
        page["items"]["tag:1"][0],
    )


def test_a_folder_may_be_told_from_the_content(desk: Newsdesk):
    """Wherever the clone is: its origin holds no path of this machine, and two clones agree."""
    (desk.folder / "partage").mkdir()
    (desk.folder / "partage" / "a.md").write_text("---\ntitre: A\ndate: 2026-11-02\nresume: r\n---\nBonjour.\n")
    desk.declare("dossier", "../partage")
    assert (1, False) == (desk.one().new, str(desk.folder) in "".join(desk.files().values()))


def test_what_was_held_is_over_once_the_source_is_as_it_was(desk: Newsdesk, peer: Peer):
    """O7: emptied for a moment, then word for word as before: nothing is left to confirm."""
    whole = rss(*(entry(n) for n in range(3)))
    desk.declare("rss", peer.serve_feed("/f", whole))
    desk.run()
    peer.serve_feed("/f", rss())
    held = desk.one().health.held
    peer.serve_feed("/f", whole)
    assert ("la source ne contient plus rien", "", 3) == (held, desk.one().health.held, len(desk.files()))


@pytest.mark.parametrize("left", [b"", b"autre chose"])
def test_a_file_that_is_missing_comes_back_where_no_document_was_kept(desk: Newsdesk, peer: Peer, left: bytes):
    """On another machine, or with another copy: it is asked for whole, not whether it changed."""
    desk.declare("rss", peer.serve_feed("/f", rss(entry(1), entry(2)), '"v1"'))
    desk.run()
    before = desk.tree()
    for kept in (desk.folder / "etat" / "documents").iterdir():
        kept.write_bytes(left) if left else kept.unlink()
    (desk.content / "depeches" / next(iter(desk.files()))).unlink()
    assert ("", before) == (desk.one().health.fault, desk.tree())
