"""How letters leave: what the settings may say, and when a letter may not."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gazette.errors import ConfigurationError
from gazette.model.week import Week
from gazette.publish.post import PASSWORD, Post, check_sending, post
from tests.samples import NOW, ROOT, sample_newsroom

LEAST = {"de": "ien@ac-sourcelle.example", "desabonnement": "mailto:ien@ac-sourcelle.example?subject=non-{uai}"}
FRIDAY = Week(2026, 47).closing


def settings(folder: Path, **facts: Any) -> Post:  # noqa: ANN401  # whatever a person may write
    """Return what settings say."""
    path = folder / "publishconf.py"
    path.write_text(f"LETTRE = {LEAST | facts!r}")
    return post(path, sample_newsroom())


def test_the_least_that_must_be_said(tmp_path: Path):
    """Who sends, and how to say no; without a server, letters are written only."""
    found = settings(tmp_path)
    assert (LEAST["de"], LEAST["de"], "", "starttls", frozenset()) == (
        found.sender,
        found.reply_to,
        found.host,
        found.security,
        found.spared,
    )


@pytest.mark.parametrize(
    ("server", "expected"), [("127.0.0.1:25", "aucun"), ("[::1]:25", "aucun"), ("smtp.ac-x.fr:587", "starttls")]
)
def test_a_server_elsewhere_is_spoken_to_in_secret(tmp_path: Path, server: str, expected: str):
    """Unless it is on this machine."""
    assert expected == settings(tmp_path, smtp=server).security


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"de": "quelqu.un@gmail.com"}, "« de »"),
        ({"de": "ien@ac-sourcelle.example\r\nBcc: x@ac-sourcelle.example"}, "« de »"),
        ({"repondre": ""}, "« repondre »"),
        ({"desabonnement": ""}, "« desabonnement »"),
        ({"desabonnement": "http://ac-sourcelle.example/non"}, "« desabonnement »"),
        ({"desabonnement": "https://x.example/\r\nBcc: x"}, "« desabonnement »"),
        ({"desabonnement": "https://x.example/>, <https://y.example/"}, "« desabonnement »"),
        ({"desabonnement": "mailto:x@gmail.com"}, "« desabonnement »"),
        ({"desabonnement": f"https://x.example/{'x' * 900}"}, "« desabonnement »"),
        ({"smtp": "smtp.ac-x.fr"}, "serveur:port"),
        ({"smtp": "smtp.ac-x.fr:70000"}, "serveur:port"),
        ({"smtp": "smtp.ac-x.fr:25", "chiffrement": "aucun"}, "sans chiffrement"),
        ({"chiffrement": "ssl"}, "chiffrement inconnu"),
        ({"mot_de_passe": "x"}, "clé inconnue « mot_de_passe »"),
    ],
)
def test_settings_that_cannot_be_used_are_told(tmp_path: Path, facts: dict[str, str], reason: str):
    """In one line, before anything is printed; a password in a file is one of them."""
    with pytest.raises(ConfigurationError, match=reason):
        settings(tmp_path, **facts)


@pytest.mark.parametrize("text", ["", "LETTRE = 1", "LETTRE = {"])
def test_settings_without_a_letter_are_told(tmp_path: Path, text: str):
    """As broken ones are."""
    (tmp_path / "publishconf.py").write_text(text)
    with pytest.raises(ConfigurationError):
        post(tmp_path / "publishconf.py", sample_newsroom())


def test_the_demo_s_settings_are_lawful():
    """Those of this repository, for its own circonscription."""
    from gazette.read import newsroom  # noqa: PLC0415  # this test alone reads the demo

    assert "" == post(ROOT / "publishconf.py", newsroom(ROOT / "content")).host


def may(tmp_path: Path, *, user: str = "", **facts: Any) -> str:  # noqa: ANN401  # any argument
    """Ask whether a letter may leave, lawful but for the facts given."""
    lawful = {"label": "2026-S47", "day": FRIDAY, "now": NOW, "uncommitted": 0, "environment": {PASSWORD: "secret"}}
    return check_sending(settings(tmp_path, smtp="127.0.0.1:25", utilisateur=user), **(lawful | facts))


def test_a_finished_week_may_be_sent(tmp_path: Path):
    """With the password that the environment holds."""
    assert "secret" == may(tmp_path, user="moi")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"day": FRIDAY - timedelta(minutes=1)}, "n’est pas finie"),
        ({"label": "2026-S48"}, "n’est pas finie"),
        ({"day": NOW + timedelta(days=1)}, "jour à venir"),
        ({"uncommitted": 2}, "2 fichier"),
        ({"uncommitted": None}, "hors de git"),
        ({"user": "moi", "environment": {}}, PASSWORD),
    ],
)
def test_a_letter_that_may_not_leave_is_told(tmp_path: Path, facts: dict[str, Any], reason: str):
    """It cannot be called back."""
    with pytest.raises(ConfigurationError, match=reason):
        may(tmp_path, **facts)


def test_without_a_server_nothing_is_sent(tmp_path: Path):
    """The settings say which."""
    with pytest.raises(ConfigurationError, match="smtp"):
        check_sending(settings(tmp_path), "2026-S47", FRIDAY, NOW, 0, {})


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ce.0869001s@ac-sourcelle.example", True),
        ("CE.0869001S@AC-Sourcelle.example", True),
        ("ce.0860001a@ac-poitiers.fr", True),
        ("dpd@education.gouv.fr", True),
        ("ecole@gmail.com", False),
        ("ce@ac-poitiers.fr.evil.example", False),
        ("ce@evil.ac-poitiers.fr", False),
        ("a@b@ac-poitiers.fr", False),
        ("a\n@ac-poitiers.fr", False),
        ("é@ac-poitiers.fr", False),
        ("", False),
    ],
)
def test_an_address_is_a_function_s_or_is_not(address: str, expected: bool):
    """Of the domains declared, or the State's (rule R31)."""
    assert expected is sample_newsroom().is_institutional(address)
