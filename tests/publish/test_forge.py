"""Tests of publish/forge.py: content that a forge shows to others is neither checked nor published."""

import json
from pathlib import Path

import pytest

from gazette.model.finding import Severity
from gazette.publish.forge import exposure


def told(environment: dict[str, str]) -> str:
    """Return what is wrong, or ""; it is always a STOP."""
    found = exposure(environment)
    assert all((f.code, f.severity) == ("FOR-01", Severity.STOP) for f in found)
    return "".join(f.message for f in found)


@pytest.mark.parametrize(
    ("visibility", "message"),
    [
        ("private", ""),
        ("public", "le projet de la forge est public"),
        ("internal", "le projet de la forge est interne, donc ouvert à tous les inscrits de la forge"),
        ("", "la forge ne dit pas si le projet est privé"),
        ("Private", "la forge ne dit pas si le projet est privé"),
    ],
)
def test_gitlab_says_who_may_read_the_project(visibility: str, message: str):
    """What it does not say is taken for public."""
    assert message == told({"GITLAB_CI": "true", "CI_PROJECT_VISIBILITY": visibility})


@pytest.mark.parametrize(
    ("event", "more", "is_open"),
    [
        ({"repository": {"private": True, "visibility": "private"}}, {}, False),
        ({"repository": {"private": True}}, {}, False),
        ({"repository": {"private": False, "visibility": "public"}}, {"GAZETTE_VISIBILITE": "private"}, True),
        ({"repository": {"private": True, "visibility": "internal"}}, {}, True),
        ({"repository": {"private": "yes"}}, {}, True),
        ({"schedule": "5 23 * * *"}, {}, True),
        ({"schedule": "5 23 * * *"}, {"GAZETTE_VISIBILITE": "private"}, False),
        ([], {}, True),
    ],
)
def test_github_says_it_in_the_event(tmp_path: Path, event: object, more: dict[str, str], is_open: bool):
    """A variable tells it only where the event does not."""
    (tmp_path / "event.json").write_text(json.dumps(event))
    environment = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        **more,
    }
    assert is_open == bool(told(environment))


def test_no_forge_no_question():
    """On one's own machine; but a folder that is not the project's own is asked for too."""
    assert "" == told({"CI": "true", "CI_PROJECT_VISIBILITY": "public"})
    assert told({"GITLAB_CI": "true", "CI_PROJECT_DIR": "/elsewhere"})
