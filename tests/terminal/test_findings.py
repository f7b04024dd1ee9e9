"""How findings are told to a forge."""

from gazette.model.finding import Finding, Place, Severity
from gazette.terminal.findings import annotation


def test_an_annotation_is_one_command_and_nothing_else():
    """At its line; a text that holds a line's end or a sign of commands begins no other."""
    place = Place("actualites/a,b:c.md", 3)
    finding = Finding("LEC-08", Severity.REFUSE, place, "clé inconnue\n::error::100 %", "ôtez-la")
    told = "::error file=content/actualites/a%2Cb%3Ac.md,line=3,title=LEC-08::clé inconnue%0A::error::100 %25 · ôtez-la"
    assert told == annotation(finding, "content/")
    note = Finding("LEC-29", Severity.NOTE, Place("a.md"), "x", "y")
    assert "::notice file=a.md,line=1,title=LEC-29::x · y" == annotation(note, "")
