"""Tests of rgpd/secret_link.py: no link lets whoever reads it in as its author; ordinary addresses pass."""

import pytest

from gazette.model.finding import Severity
from gazette.rgpd.case import Case
from gazette.rgpd.passage import Passage
from gazette.rgpd.personal_data import personal_data
from gazette.rgpd.secret_link import secret_link
from tests.samples import NOW, sample_entry, sample_newsroom

DRAWN = "9f86d081884c7d659a2feaa0c55ad015"


def told(text: str) -> list[str]:
    """Return what is said of a text."""
    return [f"{datum.rule} {datum.what}" for datum in secret_link(Passage(text))]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("https://enquetes.example/index.php/412?token=a8Kx&lang=fr", "token"),
        ("https://ent.example/accueil?jeton=abcdef", "jeton"),
        (f"https://forum.example/viewtopic.php?t=4&sid={DRAWN}", "sid"),
        (f"https://site.example/page.jsp;jsessionid={DRAWN.upper()}?id=3", "jsessionid"),
        ("https://site.example/?PHPSESSID=n3kq", "PHPSESSID"),
        ("https://ent.example/#access_token=abcd.efgh&token_type=bearer", "access_token"),
        ("https://visio.example/html5client/join?sessionToken=ab12cd34", "sessionToken"),
        ("https://s3.example/plan.pdf?X-Amz-Date=2026&X-Amz-Signature=0a1b2c", "X-Amz-Signature"),
        ("https://blob.example/plan.pdf?sv=2024&sig=aB3%2FcD4eF5gH6iJ7kL8mN9%3D", "sig"),
        ("https://notes.example/ical/Edt.ics?icalsecurise=0A1B2C&version=2026", "icalsecurise"),
        ("https://carte.example/?key=AIzaSyB3xK9-aQ7rT2vW4yZ6", "key"),
        ("https://site.example/?session=550e8400-e29b-41d4-a716-446655440000", "session"),
        ("https://site.example/?mdp=soleil", "mdp"),
        ("https://filtre.example/?url=https%3A%2F%2Fent.example%2F%3Ftoken%3Dabcdef&x=1", "token"),
        ("https://auth.example/?service=https%253A%252F%252Fent.example%253Fauthtoken%253Dabcdef", "authtoken"),
        ("forge.example/projet.git?private_token=abcdef", "private_token"),
        ("webcal://moodle.example/export.php?userid=7&authtoken=0a1b2c", "authtoken"),
    ],
)
def test_what_it_finds(link: str, name: str):
    """In what is asked, in a fragment, in a path, within another link; the key itself is never told."""
    what = f"R61 lien qui porte un secret ({name}=)"
    assert [[what]] * 3 == [told(link), told(f"Lisez [la page]({link})."), told(f"url: '{link}'\n")]


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("https://cpc:soleil86@nuage.example/dav/", "R61 lien qui porte un identifiant et un mot de passe"),
        ("https://ent.example/accueil/ST-4821-aBcDeFgHiJ-cas", "R61 lien qui porte un jeton d'accès"),
        ("https://agenda.example/ical/x/private-0a1b2c3d4e5f60718293/basic.ics", "R61 lien qui porte un jeton d'accès"),
        ("https://site.example/?r=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjcGMifQ.s", "R61 lien qui porte un jeton d'accès"),
        ("https://visio.zoom.us/j/812?pwd=aBcD12", "R61 lien qui porte le code d'une réunion"),
    ],
)
def test_what_is_known_by_its_shape(link: str, what: str):
    """Whatever its name."""
    assert [what] == told(link)


@pytest.mark.parametrize(
    "text",
    [
        "https://notice.example/?key=fluence https://notice.example/?key=2026-11 https://b.example/?key=1234567890123456",
        "https://ifef.example/?session=printemps-2026&session=20261123T101500Z",
        "https://site.example/?sid=4821&pass=culture&ticket=visite-du-musee-2026",
        "https://docs.google.com/spreadsheet/pub?key=0AmB3xK9aQ7rT2vW4yZ6&output=html",
        "https://onedrive.live.com/?authkey=%21AB3xK9aQ7rT2vW4yZ6&id=1",
        "https://nuage.example/s/aB3xK9aQ7rT2vW4 https://digipad.app/p/123456/a1b2c3d4e5f6",
        "https://drive.google.com/file/d/1aB3xK9aQ7rT2vW4yZ6/view?usp=sharing&resourcekey=0-aB3xK9",
        "https://liste.example/?pageToken=CAUQAA&nextPageToken=CAoQAA https://images.example/a.jpg?itok=aB3xK9aQ",
        "https://visio-agents.example/meeting/signin/invite/4821/creator/12/hash/9f86d081884c7d65",
        "Écrivez `https://forge.example/?private_token=VOTRE_JETON` ou ?token=… ou https://moi:$JETON@forge.example/",
        "https://site.example/?q=token&lang=fr et https://site.example/?utm_source=lettre&fbclid=IwAR3xK9aQ7rT2vW4",
        "https://site.example:8080/page/@compte et ssh://git@forge.example/ecole.git",
        "Un mot clé = une idée ; sid = 3 ; la session=matin.",
    ],
)  # fmt: skip
def test_what_it_leaves(text: str):
    """Words, dates and numbers, links made to be shared, pages of a list, examples in an explanation."""
    assert [] == told(text)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a\n\nLisez <https://e.example/?access_token=abcd>.", 3),
        ("a\n\nhttps://e.example/?x=1&amp;access_token=abcd", 3),
        ("---\nvideos:\n  - url: https://e.example/?access_token=abcd\n---\n", 3),
        ("a\n\n[la page](https://e.example/?access\\_token=abcd)", 3),
    ],
)
def test_wherever_it_is(source: str, line: int):
    """The text is refused, at the line of the link, and nothing of the key is told."""
    found = list(personal_data(sample_entry(source=source), Case(sample_newsroom(), NOW, {})))
    assert [("RGPD-61", Severity.REFUSE, line, False)] == [
        (f.code, f.severity, f.place.line, "abcd" in f.message + f.remedy) for f in found
    ]


def test_an_invitation_is_a_remark():
    """Whoever has the link may enter the meeting: that may be meant."""
    case = Case(sample_newsroom(), NOW, {})
    found = personal_data(sample_entry(source="https://zoom.us/j/812?pwd=aBcD12"), case)
    assert [("RGPD-61", Severity.NOTE)] == [(f.code, f.severity) for f in found]
