"""Tests of proof/trackers.py: a script that would follow a reader closes the gate."""

from pathlib import Path

import pytest

from gazette.proof.trackers import tracker
from tests.proof.paper import faults, printed
from tests.samples import ROOT, Shelf


@pytest.mark.parametrize(
    "script",
    [
        "document.cookie = 'a=1'",
        "window.localStorage.setItem('a', 1)",
        "sessionStorage.a = 1",
        "indexedDB.open('a')",
        "navigator.serviceWorker.register('/s.js')",
        "navigator.sendBeacon('/vu')",
        "gtag('config')",
        "var id = 'UA-12345-1'",
        'var id = "G-ABCDEF1234"',
        "_paq.push([])",
    ],
)
def test_a_script_that_follows_readers(tmp_path: Path, script: str):
    """In a file, in a page, in an attribute: STOP, from the memo too."""
    attribute = script.replace('"', "'")
    texts = {"a.js": script, "b.html": f"<p><script>\n{script}\n</script>", "c.html": f'<p onclick="{attribute}">'}
    memo = Shelf()
    paper = printed(tmp_path, **texts)
    told = [[(f.place.file, f.code, f.severity.label) for f in faults(paper, memo)] for _ in range(2)]
    assert [[(f"public/{name}", "EPR-06", "arret") for name in texts]] * 2 == told


def test_an_article_may_explain_cookies():
    """Words are no script; nor is a feed, or a stylesheet."""
    assert "" == tracker("a.html", "<p>On lit <code>document.cookie</code>, gtag( et « UA-12345-1 ».</p>".encode())


def test_the_theme_keeps_nothing():
    """Its own scripts."""
    scripts = sorted((ROOT / "themes" / "gazette" / "static").glob("*.js"))
    assert (True, set()) == (bool(scripts), {tracker(s.name, s.read_bytes()) for s in scripts} - {""})
