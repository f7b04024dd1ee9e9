"""Tests of rgpd/mailbox.py: only institutional addresses."""

import pytest

from gazette.rgpd.mailbox import mailbox
from gazette.rgpd.passage import Passage


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Écrivez à nour@gmail.com", ["R31 adresse électronique personnelle « •••@gmail.com »"]),
        ("nour [arobase] gmail [point] com", ["R31 adresse électronique personnelle « •••@gmail.com »"]),
        ("nour chez gmail point com", ["R31 adresse électronique personnelle « •••@gmail.com »"]),
        ("nour AT gmail DOT com", ["R31 adresse électronique personnelle « •••@gmail.com »"]),
        ("nour @ gmail . com", ["R31 adresse électronique personnelle « •••@gmail.com »"]),
        ("lea@famille-sorel.example", ["R31 adresse électronique personnelle « •••@•••.example »"]),
        ("xkcd@inconnu.example", ["R31 adresse électronique personnelle « •••@•••.example »"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """A provider, a name, a domain that nobody declared; even disguised."""
    assert told == [
        f"{datum.rule} {datum.what}" for datum in mailbox(Passage(text), frozenset({"ac-valbrune.example"}))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ce.0869001s@ac-montclair.fr",
        "ien@ac-valbrune.example",
        "x.y@sous.ac-valbrune.example",
        "dpd@education.gouv.fr",
        "mairie@bourg.example",
        "UID:reunion-2@gazette.example",
        "rendez-vous @ 18 h",
        "Gmail et Orange sont à éviter",
        "@circo@social.example",
        "Suivez @cpc.valbrune et @ecole.numerique",
        "Rendez-vous chez le directeur. Puis au gymnase.",
        "url: ssh://git@gitlab.com/ecole/journal.git",
        "url: git@forge.example.org:ecole/journal.git",
    ],
)
def test_what_it_leaves(text: str):
    """The State, a declared domain, a service, an identifier."""
    assert [] == list(mailbox(Passage(text), frozenset({"ac-valbrune.example"})))


def test_a_shared_provider_cannot_be_declared():
    """It would let every private mailbox in, and the finding does not suggest it."""
    found = list(mailbox(Passage("nour@gmail.com"), frozenset({"gmail.com"})))
    assert [("R31", False)] == [(datum.rule, "domaines_courriel" in datum.remedy) for datum in found]
