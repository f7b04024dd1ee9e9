"""Tests of rgpd/stage.py: nothing is cleared but what passed every rule, and the gate fails closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gazette.model.body import Body
from gazette.model.entry import Approval, Entry
from gazette.model.finding import Finding
from gazette.model.media import Measure
from gazette.model.moment import Moment
from gazette.rgpd import stage
from gazette.rgpd.case import Case
from gazette.rgpd.stage import Clearance, clear
from tests.samples import (
    NOW,
    PROCESSINGS,
    Site,
    sample_authorisation,
    sample_entry,
    sample_image,
    sample_newsroom,
    sample_sound,
)

WHOLE = {"processings": PROCESSINGS}
RIGHTS = ("image", "voix", "production")
AUTHORISATION = sample_authorisation()
ENDED = replace(AUTHORISATION, id="AUT-0", end=date(2026, 11, 22))


def cleared(*entries: Entry, is_preview: bool = False, **circumstances: object) -> Clearance:
    """Pass entries through the gate on the tests' day, their pictures decoded without fault."""
    measures = {"i1": Measure(640, 400), "i2": Measure(640, 400), "s1": Measure(seconds=3, size=9, format="mp3")}
    known = {a.id: a for a in (AUTHORISATION, ENDED)}
    facts = {"newsroom": sample_newsroom(), "now": NOW, "measures": measures, "authorisations": known} | WHOLE
    return clear(entries, Case(**(facts | circumstances)), is_preview=is_preview)  # type: ignore[arg-type]  # by field


def test_a_lawful_entry_is_cleared_as_it_is():
    """The neighbour of everything that is refused below."""
    entry = sample_entry(images=(sample_image(),))
    assert ([(entry, "")], (), 0) == (
        [(c.entry, c.notice) for c in cleared(entry).cleared],
        cleared(entry).findings,
        cleared(entry).held,
    )


@pytest.mark.parametrize("facts", [{"status": "brouillon"}, {"status": "relecture"}, {"folder": "directeurs"}])
def test_what_nobody_can_read_yet_is_judged_as_a_remark(facts: dict[str, object]):
    """A draft, a text in review and one without approval tell their author at once what would keep them out."""
    newsroom = sample_newsroom()
    fils = tuple(replace(f, approval="empreinte") if f.name == "directeurs" else f for f in newsroom.fils)
    newsroom = replace(newsroom, fils=fils)
    audience = newsroom.audiences[-1]
    entry = sample_entry(images=(sample_image(alt=None),), audience=audience, **facts)
    answer = cleared(entry, newsroom=newsroom)
    found = [(f.code, f.severity.label, f.message.endswith("(ce texte serait refusé)")) for f in answer.foreseen]
    assert ("RGPD-45", "note", True) in found
    assert "RGPD-45" not in {f.code for f in answer.findings}
    assert () == cleared(replace(entry, expires=date(2026, 11, 1)), newsroom=newsroom).foreseen


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ({"images": (sample_image(people=""),)}, "RGPD-11"),
        ({"images": (sample_image(alt=None),)}, "RGPD-45"),
        ({"images": (sample_image(people="eleves"),)}, "RGPD-12"),
        ({"images": (sample_image(digest=""),)}, "RGPD-25"),
        ({"sounds": (sample_sound(transcript=""),)}, "RGPD-46"),
        ({"folder": "directeurs"}, "RGPD-06"),
        ({"ent_only": True, "uai": "0869001S", "town": "Sourcelle"}, "RGPD-06"),
    ],
)
def test_a_refused_entry_leaves_its_neighbour(faults: dict[str, object], code: str):
    """One entry stays out with its finding, and the other is cleared."""
    kind = next(k for k in Entry.__subclasses__() if k.kind == ("ecole" if "uai" in faults else "actualite"))
    bad = sample_entry(kind, path="actualites/2026-11-03-b.md", **faults)
    answer = cleared(bad, sample_entry())
    found = [(f.place.file, f.code, f.severity.label) for f in answer.findings]
    assert (["actualites/2026-11-02-essai.md"], [(bad.path, code, "refus")]) == (
        [c.entry.path for c in answer.cleared],
        found,
    )


def test_the_circonscription_itself_is_judged():
    """A missing legal value is told in a build, and closes a publication."""
    newsroom = replace(sample_newsroom(), legal=replace(sample_newsroom().legal, host=""))
    answers = [cleared(sample_entry(), newsroom=newsroom, is_production=p) for p in (False, True)]
    assert [[("RGPD-02", "note")], [("RGPD-02", "arret")]] == [
        [(f.code, f.severity.label) for f in answer.findings] for answer in answers
    ]


def test_every_fault_of_an_entry_is_told_at_once():
    """An author does not mend a picture fault by fault."""
    entry = sample_entry(images=(sample_image(alt=None, people="", digest=""),))
    assert ["RGPD-11", "RGPD-25", "RGPD-45"] == sorted(f.code for f in cleared(entry).findings)


def test_a_rule_that_crashes_stops_the_build(monkeypatch: pytest.MonkeyPatch):
    """The gate fails closed: an error is never taken for a yes."""

    def broken(_: Entry, __: Case) -> Iterator[Finding]:
        raise KeyError("edition")
        yield

    monkeypatch.setattr(stage, "RULES", (*stage.RULES, broken))
    with pytest.raises(KeyError):
        cleared(sample_entry())


@pytest.mark.parametrize(
    ("facts", "notice"),
    [
        ({"status": "brouillon"}, "Brouillon : les lecteurs ne voient pas cette page"),
        ({"status": "relecture"}, "En relecture : les lecteurs ne voient pas cette page"),
        (
            {"date": Moment(date(2026, 12, 1))},
            "Programmé pour le 01/12/2026 : les lecteurs ne voient pas encore cette page",
        ),
    ],
)
def test_what_is_held_is_shown_in_the_preview_alone(facts: dict[str, object], notice: str):
    """A build counts it and prints nothing; the preview prints it under a banner."""
    entry = sample_entry(**facts)
    build, preview = cleared(entry), cleared(entry, is_preview=True)
    assert (((), (), 1), ([notice], 0)) == (
        (build.cleared, build.findings, build.held),
        ([c.notice for c in preview.cleared], preview.held),
    )


def test_reasons_to_hold_are_told_together():
    """A scheduled draft is both."""
    entry = sample_entry(status="brouillon", date=Moment(date(2026, 12, 1)))
    notice = cleared(entry, is_preview=True).cleared[0].notice
    assert ["Brouillon", "Programmé pour le 01/12/2026"] == [reason.split(" :")[0] for reason in notice.split(" · ")]


def test_an_expired_entry_is_not_even_previewed():
    """Its time on line is over."""
    entry = sample_entry(expires=NOW.date() - timedelta(1))
    assert ((), (), 1) == (cleared(entry).cleared, cleared(entry, is_preview=True).cleared, cleared(entry).held)


def test_a_draft_s_faults_are_told_where_its_author_looks():
    """The preview tells them; a build does not report what it would not print."""
    entry = sample_entry(status="brouillon", images=(sample_image(alt=None),))
    assert ([], ["RGPD-45"], ()) == (
        [f.code for f in cleared(entry).findings],
        [f.code for f in cleared(entry, is_preview=True).findings],
        cleared(entry, is_preview=True).cleared,
    )


def test_what_goes_on_line_by_itself_is_judged_before_its_day():
    """Nobody is at the keyboard that day: a fault is told now, and is no « text that waits »."""
    source = "Appelez le 06 12 34 56 78."
    later = cleared(sample_entry(date=Moment(date(2026, 12, 7)), source=source))
    assert (["RGPD-32"], 0, ()) == ([f.code for f in later.findings], later.held, later.cleared)
    draft = cleared(sample_entry(date=Moment(date(2026, 12, 7)), source=source, status="brouillon"))
    assert () == draft.findings


def test_an_unapproved_entry_is_refused_in_a_build_and_shown_in_the_preview(site: Site):
    """Where the fil asks for an approval, a text without one waits."""
    site.change(
        "circonscription.yml",
        "    approuve_par: [ien, cpc]",
        "    approbation: empreinte\n    approuve_par: [ien, cpc]",
    )
    entry = sample_entry(source_digest="s1")
    build, preview = (cleared(entry, newsroom=site.newsroom(), is_preview=p) for p in (False, True))
    assert (((), ["RGPD-05"]), ["Pas encore approuvé : les lecteurs ne voient pas cette page"]) == (
        (build.cleared, [f.code for f in build.findings]),
        [c.notice for c in preview.cleared],
    )


def test_a_picture_that_is_withheld_leaves_the_entry():
    """When its authorisation ended, the picture goes, a note says so, and the entry's digest changes."""
    lawful = sample_image(file="b.png", path="actualites/b.png", digest="i2")
    entry = sample_entry(images=(sample_image(people="eleves", authorisation="AUT-0"), lawful))
    answer = cleared(entry)
    printed = answer.cleared[0].entry
    assert (("i2",), False, [("RGPD-15", "note")]) == (
        tuple(i.digest for i in printed.images),
        printed.digest == entry.digest,
        [(f.code, f.severity.label) for f in answer.findings],
    )


def test_what_is_for_the_ent_leaves_a_stub():
    """Title and address alone: no word of the text, no picture, no date of an event."""
    entry = sample_entry(ent_only=True, keywords=("secret",), schools=("0869001S",), images=(sample_image(),))
    printed = cleared(entry).cleared[0].entry
    assert ("Essai", "À lire dans l’ENT.", Body(), (), (), ()) == (
        printed.title,
        printed.summary,
        printed.body,
        printed.keywords,
        printed.schools,
        printed.images,
    )


def test_findings_come_in_the_order_of_files():
    """A report reads from the first file to the last, whatever the order of entries."""
    entries = [sample_entry(path=f"actualites/{n}.md", images=(sample_image(alt=None),)) for n in "cab"]
    assert ["actualites/a.md", "actualites/b.md", "actualites/c.md"] == [
        f.place.file for f in cleared(*entries).findings
    ]


def test_the_fixture_is_cleared_but_for_what_waits(site: Site):
    """On the tests' day three entries wait; of the pictures, one outlived its authorisation and one was withdrawn."""
    reading = site.read()
    measures = {m.digest: Measure(1, 1) for e in reading.entries for m in e.media}
    known = reading.authorisations, {}, reading.register, reading.processings
    case = Case(site.newsroom(), NOW, measures, *known)
    answer = clear(reading.entries, case)
    out = {e.path for e in reading.entries} - {c.entry.path for c in answer.cleared}
    waiting = {
        f"actualites/{n}.md" for n in ("2026-10-01-inscriptions-closes", "2026-11-17-a-finir", "2026-12-01-animations")
    }
    assert (waiting, 3, ["RGPD-15", "RGPD-19"]) == (out, answer.held, [f.code for f in answer.findings])


def test_an_approval_holds_until_the_text_changes(site: Site):
    """Read, approved, printed; changed by a word, held again."""
    path = "actualites/2026-09-15-fluence.md"
    site.change(
        "circonscription.yml",
        "    approuve_par: [ien, cpc]",
        "    approbation: empreinte\n    approuve_par: [ien, cpc]",
    )

    def printed() -> bool:
        reading = site.read()
        case = Case(site.newsroom(), NOW, {}, reading.authorisations)
        return path in {c.entry.path for c in clear(reading.entries, case).cleared}

    seen = [printed()]
    signed = next(e.source_digest for e in site.read().entries if e.path == path)
    site.change(
        path, "statut: publie", f"statut: publie\nvalidation: {{par: ien, le: 2026-09-16, empreinte: {signed}}}"
    )
    seen.append(printed())
    site.change(path, "110", "112")
    assert [False, True, False] == [*seen, printed()]


def test_an_approval_is_by_who_may_and_not_in_advance(site: Site):
    """Another role, another text, or a day to come is none."""
    site.change(
        "circonscription.yml",
        "    approuve_par: [ien, cpc]",
        "    approbation: empreinte\n    approuve_par: [ien, cpc]",
    )
    given = Approval("ien", date(2026, 11, 23), "s1")
    approvals = [
        given,
        replace(given, role="erun"),
        replace(given, digest="s2"),
        replace(given, digest=""),
        replace(given, day=date(2026, 11, 24)),
    ]
    entries = [sample_entry(approval=a, source_digest="s1") for a in approvals]
    assert [1, 0, 0, 0, 0] == [len(cleared(e, newsroom=site.newsroom()).cleared) for e in entries]
