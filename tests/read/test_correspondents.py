"""Sources of a school: what may be gathered, and what is refused where it enters (G8, G9, G17, G21)."""

from datetime import date

import pytest

from gazette.model.correspondent import Correspondent, address_fault, branch_fault, folder_fault
from gazette.model.entry import Ecole
from tests import shelf
from tests.samples import Site

SCHOOL, OTHER = "ecoles/0869001S.md", "ecoles/0869002T.md"
FEED = """sources:
  - {type: rss, url: "https://blog.example/flux.xml", fils: actualites, autorise_par: ien, autorise_le: 2026-09-01}
"""
HOSTILE = (
    *("--upload-pack=touch /tmp/x", "-oProxyCommand=id", "ext::sh -c id", "file:///etc/passwd", "git://host/x.git"),
    *("http://u:p@host/x", "https://u:p@host/x", "https://jeton@host/x", "https://host/x\n--upload-pack=x"),
    *("https://host/a b", "https:///x", "https://-oProxyCommand=x/x", "ssh://-oProxyCommand=id/x", "https://[::1]/x"),
    *("-oProxyCommand=id:x", "git@host:-x y", "https://host:99999999/x", "javascript:alert(1)", "gopher://host/x", ""),
    *("http://host/x", "ssh://a;b@host/x", "https://ho\u202est/x", "https://host:0/x", "ssh://git:secret@host/x"),
)


@pytest.mark.parametrize("url", HOSTILE)
@pytest.mark.parametrize("kind", ["git", "rss"])
def test_a_hostile_address_is_no_source(kind: str, url: str):
    """An option, another protocol, a password or a control character never reaches git nor the network."""
    assert address_fault(kind, url)


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("git", "https://forge.example/ecole/journal.git"),
        ("git", "ssh://git@forge.example:2222/ecole/journal.git"),
        ("git", "git@forge.example:ecole/journal.git"),
        ("git", "/srv/depots/ecole.git"),
        ("dossier", "/srv/partage/ecole"),
        ("rss", "https://blog.example/flux.xml?type=1&n=2"),
        ("ics", "https://agenda.example:8443/a.ics"),
        ("gazette", "https://circonscription.example/"),
    ],
)
def test_an_ordinary_address_is_one(kind: str, url: str):
    """https, ssh, and a path for what is on this machine."""
    assert "" == address_fault(kind, url)


@pytest.mark.parametrize("url", ["/srv/flux.xml", "partage/ecole", "https://partage.example/"])
def test_each_kind_has_its_addresses(url: str):
    """A feed is not read from the disk, a folder is nothing else."""
    assert address_fault("rss" if url.startswith("/") else "dossier", url)


def test_no_repository_holds_a_token_in_its_address():
    """G17: git hands its address to its own programs, whose arguments others see."""
    found = [
        bool(address_fault("git", f"https://forge.example/ecole.git{end}")) for end in ("", "?private_token=x", "#x")
    ]
    assert [False, True, True] == found


@pytest.mark.parametrize("name", ["--output=x", "..", "@{-1}", "refs/../x", "x" * 1_000_000, "a b", "a.lock", "a//b"])
def test_a_hostile_branch_is_refused(name: str):
    """G9."""
    assert branch_fault(name)


def test_ordinary_branches_and_folders_are_accepted():
    """And no folder leads out of its source."""
    good = [branch_fault("main"), branch_fault("ecole/2026"), folder_fault("articles/2026"), branch_fault("")]
    bad = [folder_fault(name) for name in ("../x", "a/../b", "/etc", "a\\b", "a//b")]
    assert ([""] * 4, 5) == (good, len([b for b in bad if b]))


def test_a_school_has_its_sources(site: Site):
    """As declared, with what the inspector allowed."""
    site.change(SCHOOL, "statut: publie\n", f"statut: publie\n{FEED}")
    schools = [e for e in site.read().entries if isinstance(e, Ecole) and e.correspondents]
    found = schools[0].correspondents
    expected = Correspondent(
        "0869001S",
        "rss",
        "https://blog.example/flux.xml",
        ("actualites",),
        authorised_by="ien",
        authorised_on=date(2026, 9, 1),
    )
    day = date(2026, 9, 1)
    assert ((expected,), [True, False]) == (found, [found[0].is_authorised(d) for d in (day, date(2026, 8, 31))])


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("https://blog.example/flux.xml", "https://u:p@blog.example/flux.xml", "LEC-60"),
        ("fils: actualites", "fils: actualite", "LEC-16"),
        ("autorise_par: ien", "autorise_par: cpc", "LEC-61"),
        (", autorise_le: 2026-09-01", "", "LEC-61"),
    ],
)
def test_a_faulty_source_costs_itself_alone(site: Site, before: str, after: str, code: str):
    """The school's page is printed, nothing is gathered there, and the password is not repeated."""
    site.change(SCHOOL, "statut: publie\n", f"statut: publie\n{FEED.replace(before, after)}")
    reading = site.read()
    told = [f for f in reading.findings if f.place.file == SCHOOL and f.code == code]
    day = date(2026, 11, 23)
    school = next(e for e in reading.entries if e.path == SCHOOL and isinstance(e, Ecole))
    allowed = [c for c in school.correspondents if c.is_authorised(day)]
    assert (1, [], False) == (len(told), allowed, "u:p" in told[0].message + told[0].remedy)


@pytest.mark.parametrize(
    ("book", "told"), [("le-jardin", []), ("le-jardi", ["vouliez-vous dire « cahiers/le-jardin » ?"])]
)
def test_a_source_may_feed_a_shared_book(site: Site, book: str, told: list[str]):
    """By the book's folder; one that does not exist is told."""
    shelf.plant(site)
    feed = FEED.replace("fils: actualites", f"fils: [cahiers/{book}]")
    site.change(SCHOOL, "statut: publie\n", f"statut: publie\n{feed}")
    reading = site.read()
    school = next(e for e in reading.entries if e.path == SCHOOL and isinstance(e, Ecole))
    assert ([(f"cahiers/{book}",)], told) == (
        [c.fils for c in school.correspondents],
        [f.remedy for f in reading.findings if f.code == "LEC-16"],
    )


def test_two_schools_cannot_share_a_source(site: Site):
    """One would sign what the other wrote (G21)."""
    for path in (SCHOOL, OTHER):
        site.change(path, "statut: publie\n", f"statut: publie\n{FEED}")
    assert [("LEC-62", "arret", OTHER)] == [
        (f.code, f.severity.label, f.place.file) for f in site.read().findings if f.code == "LEC-62"
    ]
