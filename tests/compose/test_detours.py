"""Tests of compose/detours.py: an edition tells the past of its own texts, and no other's."""

from datetime import date

from gazette.compose.detours import detours
from gazette.model.cleared import Cleared
from gazette.model.detour import Detours
from gazette.model.entry import Entry, Page
from gazette.model.register import Register, Withdrawal
from tests.samples import sample_entry, sample_newsroom


def told(cleared: list[Entry], withdrawn: list[str], others: list[Entry], edition: str = "public") -> Detours:
    """Return the public edition's detours, once these identities were withdrawn from an edition."""
    records = tuple(
        Withdrawal(id=f"RET-2026-00{rank}", day=date(2026, 11, 2), motive="demande", edition=edition, entry=identity)
        for rank, identity in enumerate(withdrawn)
    )
    public = sample_newsroom().audiences[0]
    return detours([Cleared(e) for e in cleared], [*cleared, *others], public, Register(records))


def test_a_former_address_leads_to_the_entry():
    """With the address of the edition; not when a page has it today, nor when it is no address."""
    moved = sample_entry(former_addresses=("/actualites/avant/", "actualites/pris", "../x"))
    taken = sample_entry(name="pris", path="actualites/pris.md", id="actualites/pris")
    here = "https://sourcelle.example/actualites/essai/"
    assert Detours((("actualites/avant", here),), ()) == told([moved, taken], [], [])


def test_what_is_withdrawn_is_gone_with_or_without_its_file():
    """By its address while the file is there, by its identity afterwards; former addresses too."""
    entry = sample_entry(former_addresses=("actualites/avant",))
    page = sample_entry(Page, id="pages/projet-2026", path="pages/projet-2026.md", name="projet-2026", folder="pages")
    gone = ("actualites/avant", "actualites/essai", "actualites/parti", "dossier", "projet-2026")
    identities = [entry.id, page.id, "actualites/2026-11-01-parti", "pages/dossier/index", "evenements/2026-11-01-bal"]
    assert Detours((), gone) == told([], identities, [entry, page])


def test_another_edition_tells_nothing_of_it():
    """Neither what it moved nor what it withdrew."""
    secret = sample_entry(audience="directeurs", former_addresses=("actualites/avant",))
    assert Detours((), ()) == told([secret], ["actualites/2026-11-01-parti"], [], "directeurs")
    assert Detours((), ()) == told([], ["a strange\nidentity;", "a/b/c/d/e"], [])


def test_an_address_taken_again_is_not_gone():
    """A new text under a withdrawn one's name is read."""
    again = sample_entry(name="parti", path="actualites/2027-01-01-parti.md", id="actualites/2027-01-01-parti")
    assert Detours((), ()) == told([again], ["actualites/2026-11-01-parti"], [])
