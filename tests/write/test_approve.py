"""Tests of write/approve.py: who may approve, what is signed, and that a later change unsigns it."""

from datetime import date

import pytest

from gazette.errors import ConfigurationError
from gazette.model.entry import Entry
from gazette.write.approve import approve, owners
from tests.samples import Site

PATH = "directeurs/2026-11-23-effectifs.md"
DAY = date(2026, 11, 23)
IEN, CPC = "ien@commits.example", "cpc@commits.example"


def entry(site: Site, path: str = PATH) -> Entry:
    """Return the entry."""
    return next(e for e in site.read().entries if e.path == path)


def signed(site: Site, role: str = "", committer: str = IEN, path: str = PATH) -> str:
    """Approve as a committer; return the role that signed."""
    return approve(site.content, site.newsroom(), entry(site, path), role, committer, DAY).name


def test_what_waits_is_published_and_signed_as_it_stands(site: Site):
    """The gate computes the same digest of the file that was written."""
    site.change(PATH, "statut: publie", "statut: relecture")
    assert "ien" == signed(site)
    found = entry(site)
    assert found.approval
    assert ("publie", "ien", "2026-11-23", found.source_digest) == (
        found.status,
        found.approval.role,
        str(found.approval.day),
        found.approval.digest,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Aux directeurs seulement.", "À tous."),
        ("Prévisions d’effectifs", "Prévisions"),
        ("2026-12-04, ecoles", "2026-12-05, ecoles"),
    ],
)
def test_any_change_unsigns_it(site: Site, before: str, after: str):
    """Title, text or date: the approval is of what was read."""
    signed(site)
    site.change(PATH, before, after)
    found = entry(site)
    assert found.approval and found.approval.digest != found.source_digest  # noqa: PT018


def test_approved_twice_it_is_signed_once(site: Site):
    """The second approval takes the place of the first and signs the same."""
    signed(site)
    before = (site.content / PATH).read_bytes()
    signed(site)
    assert before == (site.content / PATH).read_bytes()


@pytest.mark.parametrize(
    ("role", "committer", "told"),
    [
        ("cpc", CPC, "n'approuve pas le fil « Infos directeurs »"),
        ("", CPC, "n'est pas celle de ce rôle"),
        ("ien", CPC, "n'est pas celle de ce rôle"),
        ("ien", "", r"git ne dit pas qui vous êtes \(ien\) ; donnez-lui votre adresse : git config"),
        ("roi", IEN, "n'approuve pas"),
    ],
)
def test_only_who_may_approves(site: Site, role: str, committer: str, told: str):
    """A role is held by its commit addresses, never claimed."""
    before = (site.content / PATH).read_bytes()
    with pytest.raises(ConfigurationError, match=told):
        signed(site, role, committer)
    assert before == (site.content / PATH).read_bytes()


def test_the_role_is_known_by_the_address(site: Site):
    """An adviser signs as one, in a fil that lets them; capitals are no matter."""
    assert "cpc" == signed(site, committer=CPC.upper(), path="actualites/2026-09-15-fluence.md")


def test_a_draft_is_not_approved(site: Site):
    """Its author has not given it yet."""
    site.change(PATH, "statut: publie", "statut: brouillon")
    with pytest.raises(ConfigurationError, match="brouillon"):
        signed(site)


def test_a_text_that_changed_since_it_was_read_is_not_approved(site: Site):
    """What is signed is what was shown."""
    shown = entry(site)
    site.change(PATH, "Aux directeurs seulement.", "Autre chose.")
    with pytest.raises(ConfigurationError, match="vient de changer"):
        approve(site.content, site.newsroom(), shown, "", IEN, DAY)


def test_owners_are_the_committers_of_approvers(site: Site):
    """The last line that matches rules (GitLab, GitHub): fils come after everything."""
    rows = [line.split() for line in owners(site.newsroom(), "content/").split("\n") if line and line[0] != "#"]
    expected = [
        ["*", IEN],
        ["/content/circonscription.yml", IEN],
        ["/content/registres/", IEN],
        ["/content/actualites/", IEN, CPC],
        ["/content/projets/", IEN, CPC],
        ["/content/directeurs/", IEN],
        ["/content/outils/", IEN],
    ]
    assert expected == rows


def test_a_fil_that_nobody_may_approve_is_told(site: Site):
    """A line without an owner would let anyone merge."""
    site.change("circonscription.yml", ", commits: [ien@commits.example]", "")
    with pytest.raises(ConfigurationError, match=r"approuver les registres : .* ajoutez au rôle ien commits:"):
        owners(site.newsroom(), "content/")
