"""Tests of impact.py: what readers will see change, edition by edition, and nothing else."""

from pathlib import Path

from gazette.build import editions_of
from gazette.impact import SHOWN, report
from tests.plain import print_plain
from tests.samples import Site

NOTE = "directeurs/2026-09-07-elections.md"


def changed(site: Site, folder: Path) -> str:
    """Return the report of what changed since the site was printed in its own output."""
    after = Site(site.content, folder / "apres", site.pool)
    print_plain(after)
    return report(editions_of(site.order()), editions_of(after.order()))


def section(text: str, edition: str) -> str:
    """Return what is told of one edition."""
    return text.partition(f"### Édition {edition}\n")[2].partition("###")[0]


def test_nothing_changes_when_nothing_did(site: Site, tmp_path: Path):
    """Each edition says so."""
    print_plain(site)
    assert 3 == changed(site, tmp_path).count("Rien ne change.")


def test_each_edition_tells_its_own(site: Site, tmp_path: Path):
    """What is new, what changes, what goes, an event, feeds; a restricted note is told nowhere else."""
    print_plain(site)
    site.change(NOTE, "resume:", "resume: Autrement ·")
    (site.content / "actualites/2026-09-15-fluence.md").unlink()
    event = "evenements:\n  - {titre: Le *grand* bal @all, debut: 2026-12-04 18:00, id: bal}\n"
    front = f"titre: Un <b>bal</b>\ndate: 2026-11-20\nstatut: publie\nresume: Pour tous.\n{event}"
    site.write("actualites/2026-11-20-bal.md", f"---\n{front}---\nTexte.\n")
    text = changed(site, tmp_path)
    public, directors = section(text, "public"), section(text, "directeurs")
    assert ("**Pages nouvelles : 1**" in public, "(`/actualites/bal/`)" in public) == (True, True)
    assert ("**Pages qui disparaissent : 1**" in public, "(`/actualites/fluence/`)" in public) == (True, True)
    assert ("**Événements annoncés : 1**" in public, "`fils/tout.xml`" in public) == (True, True)
    assert ("**Pages qui changent : 1**" in directors, "(`/directeurs/elections/`)" in directors) == (True, True)
    assert (False, False) == ("elections" in public, "<b>" in text)
    assert "\\*grand\\*" in public
    assert "\\@all" in public


def test_a_long_list_is_cut(site: Site, tmp_path: Path):
    """Twenty are named, the others counted."""
    print_plain(site)
    for rank in range(SHOWN + 3):
        front = f"titre: Texte {rank}\ndate: 2026-11-20\nstatut: publie\nresume: R.\n"
        site.write(f"actualites/2026-11-20-texte-{rank:02}.md", f"---\n{front}---\nTexte.\n")
    assert f"**Pages nouvelles : {SHOWN + 3}**" in (text := section(changed(site, tmp_path), "public"))
    assert "- … et 3 autres" in text
