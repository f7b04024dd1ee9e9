"""Pelican started from outside prints the public edition that ``construire`` prints."""

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from gazette.build import build
from gazette.model.moment import PARIS
from gazette.order import Report
from gazette.plugin import output_root, settings_file
from tests import shelf
from tests.plain import digests
from tests.samples import ROOT, Site


def pelican(*words: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Pelican's own command."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GAZETTE")} | variables
    command = [sys.executable, "-m", "pelican", *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def built(site: Site) -> tuple[Report, int]:
    """Build now, as Pelican will, and return the minute."""
    now = datetime.now(PARIS).replace(second=0, microsecond=0)
    return build(site.order(now=now, has_search=True), pool=site.pool), now.day


def test_pelican_prints_what_construire_prints(site: Site, tmp_path: Path):
    """The same files with the same bytes, the same day, with the repository's own settings; a book's packages too."""
    shelf.plant(site)
    for _ in range(2):  # a second time when midnight came in between
        output = tmp_path / "pelican" / "public"
        _, before = built(site)
        done = pelican(
            str(site.content), "-s", str(ROOT / "pelicanconf.py"), "-o", str(output), GAZETTE_CONTENU=str(site.content)
        )
        if before == built(site)[1]:
            break
    assert (0, digests(site.output / "public")) == (done.returncode, digests(output)), done.stderr
    assert (output / "cahiers" / "le-jardin.epub").is_file()


def test_pelican_prints_into_the_output_of_construire(site: Site, tmp_path: Path):
    """In place, over what a build printed: nothing changes, and no file is left beside."""
    built(site)
    before = digests(site.output)
    words = (str(site.content), "-s", str(ROOT / "pelicanconf.py"), "-o", str(site.output / "public"))
    done = pelican(*words, GAZETTE_CONTENU=str(site.content))
    assert (0, set(before)) == (done.returncode, set(digests(site.output))), done.stderr


def test_pelican_prints_nothing_restricted(site: Site, tmp_path: Path):
    """No word of a draft, of the teachers' texts nor of the directors'."""
    output = tmp_path / "pelican"
    words = (str(site.content), "-s", str(ROOT / "pelicanconf.py"), "-o", str(output))
    done = pelican(*words, GAZETTE_CONTENU=str(site.content))
    texts = [
        f.read_text("utf-8", "replace") for f in output.rglob("*") if f.suffix in {".html", ".xml", ".atom", ".json"}
    ]
    secrets = re.compile("Prévisions d’effectifs|RASED, formuler|À finir|corps-secret|Animations de la période 3")
    assert (0, True, []) == (done.returncode, bool(texts), [t for t in texts if secrets.search(t)]), done.stderr


def test_a_circonscription_that_cannot_be_read_ends_pelican(site: Site, tmp_path: Path):
    """With another code than 0, and nothing printed."""
    site.change("circonscription.yml", "devise:", "devisse:")
    output = tmp_path / "pelican"
    done = pelican(
        str(site.content), "-s", str(ROOT / "pelicanconf.py"), "-o", str(output), GAZETTE_CONTENU=str(site.content)
    )
    assert (True, []) == (done.returncode != 0, list(output.rglob("*.html")))


@pytest.mark.parametrize(
    ("output", "expected"),
    [("/p/output/public", "/p/output"), ("/p/site", "/p/site"), ("/p/output", "/p/output")],
)
def test_the_state_is_that_of_the_output(output: str, expected: str):
    """``output/public`` is one edition of ``output``."""
    assert Path(expected) == output_root(Path(output))


def test_settings_stand_beside_the_content_or_are_the_engine_s(tmp_path: Path):
    """A circonscription may have its own."""
    (tmp_path / "content").mkdir()
    before = settings_file(tmp_path / "content")
    (tmp_path / "pelicanconf.py").write_text("")
    assert (ROOT / "pelicanconf.py", tmp_path / "pelicanconf.py") == (before, settings_file(tmp_path / "content"))


def test_pelican_leaves_nothing_of_another_day(site: Site):
    """What a build of a later day printed is gone, and the next build believes no manifest of before."""
    build(site.order(now=datetime(2027, 7, 1, 12, tzinfo=PARIS), has_search=True), pool=site.pool)
    words = (str(site.content), "-s", str(ROOT / "pelicanconf.py"), "-o", str(site.output / "public"))
    done = pelican(*words, GAZETTE_CONTENU=str(site.content))
    printed = set(digests(site.output / "public"))
    built(site)
    assert (0, set(digests(site.output / "public"))) == (done.returncode, printed), done.stderr
