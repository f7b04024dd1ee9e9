"""What is told of a text that was approved: what a change of it will need."""

from dataclasses import replace
from pathlib import Path

import pytest

from gazette.terminal.writing import tell_approved
from tests.samples import sample_entry, sample_newsroom


@pytest.mark.parametrize(("approval", "is_asked_again"), [("empreinte", True), ("fusion", False)])
def test_an_approval_tells_what_a_change_will_need(
    approval: str, is_asked_again: bool, capsys: pytest.CaptureFixture[str]
):
    """Where a fil asks for digests, another approval; where merging approves, none: it is not said to be asked."""
    newsroom, entry = sample_newsroom(), sample_entry()
    fil = newsroom.fil(entry.folder)
    assert fil is not None
    tell_approved(Path("content"), entry, newsroom.roles[0], replace(fil, approval=approval))
    assert is_asked_again == ("Toute retouche redemandera un accord." in capsys.readouterr().out)
