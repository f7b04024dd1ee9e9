"""Printing an edition: only what changed, beside the output, then everything in place."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from gazette.errors import PressError
from gazette.model.body import Body
from gazette.model.feed import Sitemap, TextFile
from gazette.model.sheet import Manifest
from gazette.press.stage import FORMS, Printing, Workshop, print_edition, put_in_place
from tests.compose.newsstand import article, edition
from tests.plain import SETTINGS, THEME, files, print_plain
from tests.samples import Site


def printing(folder: Path, fresh: dict[str, str], stale: set[str] = frozenset()) -> Printing:
    """Return a printing whose fresh files stand in its staging folder."""
    staging = folder / "staging"
    for path, text in fresh.items():
        (staging / path).parent.mkdir(parents=True, exist_ok=True)
        (staging / path).write_text(text)
    return Printing(Manifest("public", {}), frozenset(fresh), frozenset(stale), folder / "public", staging)


def test_a_fresh_file_stands_in_staging_and_an_old_one_in_the_output(tmp_path: Path):
    """Until everything is put in place."""
    made = printing(tmp_path, {"a.html": "a"})
    assert [tmp_path / "staging" / "a.html", tmp_path / "public" / "b.html"] == [
        made.file(p) for p in ("a.html", "b.html")
    ]


def test_what_is_no_more_is_removed_with_its_empty_folders(tmp_path: Path):
    """And a folder that still holds something stays."""
    put_in_place(printing(tmp_path, {"a/b/c.html": "c", "a/d.html": "d"}))
    put_in_place(printing(tmp_path, {"e.html": "e"}, {"a/b/c.html", "gone.html"}))
    assert ({"a/d.html": b"d", "e.html": b"e"}, False) == (
        files(tmp_path / "public"),
        (tmp_path / "public/a/b").exists(),
    )


def test_an_edition_that_is_not_ours_is_refused(site: Site):
    """A folder with somebody's files is not written in."""
    site.output.joinpath("public").mkdir(parents=True)
    site.output.joinpath("public", "these.odt").write_text("à moi")
    with pytest.raises(PressError, match="autres fichiers"):
        print_plain(site)
    assert {"public/these.odt": "à moi".encode()} == files(site.output)


def test_a_lost_manifest_does_not_leave_old_pages(site: Site):
    """Without a manifest, what no sheet asks for goes."""
    print_plain(site)
    before = files(site.output)
    site.output.joinpath("public", "actualites", "vieille").mkdir()
    site.output.joinpath("public", "actualites", "vieille", "index.html").write_text("x")
    for manifest in site.output.with_name(".gazette").glob("*.manifeste.json"):
        manifest.unlink()
    print_plain(site)
    assert before == files(site.output)


def test_a_file_that_is_gone_or_cut_is_printed_again(site: Site):
    """Its size is looked at each time."""
    print_plain(site)
    before = files(site.output)
    site.output.joinpath("public", "index.html").unlink()
    site.output.joinpath("public", "frise", "index.html").write_text("")
    report = print_plain(site)
    assert (before, 2) == (files(site.output), report.counts["public"].printed)


def test_a_restored_copy_is_read_once(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Its files have other dates: they are judged by their bytes, then known by their new dates."""
    print_plain(site)
    pages = [file for file in site.output.rglob("*") if file.is_file()]
    for file in pages:
        os.utime(file, ns=(1, 1))
    first, read = print_plain(site), []
    bytes_of = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or bytes_of(path))
    second = print_plain(site)
    printed = [sum(count.printed for count in report.counts.values()) for report in (first, second)]
    assert ([0, 0], set()) == (printed, set(read) & set(pages))


def test_nothing_changed_prints_nothing(site: Site):
    """And starts no Pelican."""
    print_plain(site)
    counts = print_plain(site).counts
    assert [(0, 0)] * 3 == [(c.printed, c.removed) for c in counts.values()]


def test_pictures_of_an_edition_are_not_those_of_another(site: Site):
    """No file of ``media/`` has one name, nor a name of the content, in two editions."""
    print_plain(site)
    names = [{f.name for f in site.output.glob(f"{e}/media/*")} for e in ("public", "enseignants", "directeurs")]
    originals = {p.stem for p in site.content.rglob("*") if p.suffix in {".png", ".jpg"}}
    assert (11, 33, set()) == (
        len(names[0]),
        len(set.union(*names)),
        {n for n in set.union(*names) if originals & set(n.split("-"))},
    )


def test_no_original_is_printed(site: Site):
    """No file of the output has the bytes of one of the content."""
    print_plain(site)
    assert set() == set(files(site.output).values()) & set(files(site.content).values())


def test_a_sitemap_is_read_by_others():
    """Addresses are escaped; a day that is not known is not told."""
    data = FORMS["sitemap"](Sitemap((("https://a.example/?x=1&y=2", "2026-11-23"), ("https://a.example/", ""))))
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    rows = [
        (u.findtext("s:loc", namespaces=space), u.findtext("s:lastmod", namespaces=space))
        for u in etree.fromstring(data)
    ]
    assert [("https://a.example/?x=1&y=2", "2026-11-23"), ("https://a.example/", None)] == rows


def test_a_text_file_is_printed_as_it_is():
    """In UTF-8."""
    assert "été\n".encode() == FORMS["text"](TextFile("été\n"))


def test_a_feed_that_did_not_change_is_not_printed_again(tmp_path: Path, site: Site):
    """``Printing.fresh``: the key of its view decides; a changed text prints the feeds that carry it, and no other."""
    before, again = Manifest("public", {}), []
    entries = [article("une"), article("defi", folder="projets")]
    changed = [replace(entries[0], digest="autre", body=Body("<p>Autre</p>", "autre")), entries[1]]
    for rank, shown in enumerate((entries, entries, changed)):
        shop = Workshop(site.content, SETTINGS, THEME, site.output, tmp_path / f"{rank}", tmp_path / "images")
        made = print_edition(edition("public", shown), before, shop)
        put_in_place(made)
        before = made.manifest
        again.append({path for path in made.fresh if path.startswith("fils/") and path != "fils/index.html"})
    feeds = {f"fils/{name}.{suffix}" for name in ("tout", "actualites") for suffix in ("xml", "atom", "json")}
    assert (True, set(), feeds) == (feeds < again[0], again[1], again[2])
