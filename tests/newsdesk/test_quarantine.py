"""Where pictures wait."""

from pathlib import Path

from gazette.newsdesk.quarantine import quarantine


def test_the_quarantine_stands_outside_any_checkout():
    """In the user's data, unless the machine says where."""
    expected = [Path("/d/gazette/a/quarantaine"), Path("/h/.local/share/gazette/a/quarantaine"), Path("/q")]
    environments = [{"XDG_DATA_HOME": "/d", "HOME": "/h"}, {"HOME": "/h"}, {"GAZETTE_QUARANTAINE": "/q", "HOME": "/h"}]
    assert expected == [quarantine("a", e) for e in environments]
