"""Pages through Pelican: a theme or a plugin that fails stops the build, and nothing that was printed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gazette.errors import PressError
from gazette.model.finding import Severity
from tests.plain import digests, files, print_plain, settings_with, template
from tests.samples import Site

BASE = template("base.html")
MAIN = '<main id="contenu">'


@contextmanager
def unchanged(site: Site) -> Iterator[None]:
    """Build once, then check that what happens next leaves every byte of the output as it was."""
    print_plain(site)
    before = digests(site.output)
    site.change("actualites/2026-09-15-fluence.md", "scores attendus", "autres scores")
    yield
    assert before == digests(site.output)


def base(before: str, after: str) -> dict[str, str]:
    """Return the plain theme's base, with something else in it."""
    assert before in BASE
    return {"templates/base.html": BASE.replace(before, after)}


@pytest.mark.parametrize(
    "broken",
    [
        "{% if %}",
        "{{ absent }}",
        "{{ view.head.absent }}",
        "{{ view.head.title|absent }}",
        "{{ asset('absent.css') }}",
        "{% include 'absent.html' %}",
        "{{ view.head.title + 1 }}",
        "{{ 1 // 0 }}",
        "{{ view.head.title.absent() }}",
    ],
)
def test_a_template_that_fails_stops_the_build(site: Site, tmp_path: Path, broken: str):
    """An error of syntax, of a name, of a value: never half a page."""
    settings = settings_with(tmp_path, base(MAIN, f"{MAIN}{broken}"))
    with unchanged(site), pytest.raises(PressError, match="thème"):
        print_plain(site, settings=settings)


@pytest.mark.parametrize("broken", ["{% if %}", "{{ absent }}", "{{ view.head.title + 1 }}"])
def test_an_error_of_a_template_says_where(site: Site, tmp_path: Path, broken: str):
    """The file and the line, for who writes the theme."""
    settings = settings_with(tmp_path, base(MAIN, f"{MAIN}\n{broken}"))
    with pytest.raises(PressError, match=r"base\.html:23"):
        print_plain(site, settings=settings)


def test_a_template_that_is_missing_stops_the_build(site: Site, tmp_path: Path):
    """A theme must have one for each kind."""
    settings = settings_with(tmp_path)
    (tmp_path / "theme" / "templates" / "outil.html").unlink()
    with unchanged(site), pytest.raises(PressError, match="outil"):
        print_plain(site, settings=settings)


FAILING = """
import types


def register():
    raise RuntimeError("SECRET")


PLUGINS.append(types.SimpleNamespace(register=register, __name__="failing"))
"""
LATE = """
import types
from pelican import signals


def register():
    signals.{signal}.connect(fail, weak=False)


def fail(*_):
    raise RuntimeError("late")


PLUGINS.append(types.SimpleNamespace(register=register, __name__="late"))
"""


def test_a_plugin_that_fails_to_register_stops_the_build(site: Site, tmp_path: Path):
    """Pelican alone would log it, and publish without it."""
    settings = settings_with(tmp_path, more=FAILING)
    with unchanged(site), pytest.raises(PressError):
        print_plain(site, settings=settings)


def test_a_plugin_that_is_not_there_stops_the_build(site: Site, tmp_path: Path):
    """A word in PLUGINS that names nothing."""
    settings = settings_with(tmp_path, more='\nPLUGINS.append("absent_plugin")\n')
    with unchanged(site), pytest.raises(PressError, match="absent_plugin"):
        print_plain(site, settings=settings)


@pytest.mark.parametrize("signal", ["initialized", "get_generators", "finalized"])
def test_a_plugin_that_fails_later_stops_the_build(site: Site, tmp_path: Path, signal: str):
    """What it raises is not caught: it is a bug, and nothing is put in place."""
    settings = settings_with(tmp_path, more=LATE.replace("{signal}", signal))
    with unchanged(site), pytest.raises(RuntimeError, match="late"):
        print_plain(site, settings=settings)


WRITING = """
import types
from pathlib import Path
from pelican import signals


def write(pelican):
    Path(pelican.output_path, "{path}").write_text("{text}")


def register():
    signals.finalized.connect(write, weak=False)


PLUGINS.append(types.SimpleNamespace(register=register, __name__="writing"))
"""


def test_a_plugin_that_writes_a_file_of_its_own_closes_the_gate(site: Site, tmp_path: Path):
    """Nothing is printed that no sheet asked for."""
    settings = settings_with(tmp_path, more=WRITING.format(path="carte.html", text="<p>x</p>"))
    with unchanged(site):
        report = print_plain(site, settings=settings)
    stops = {(f.code, f.place.file) for f in report.findings if f.severity is Severity.STOP}
    assert ({("EPR-04", f"{name}/carte.html") for name in ("public", "enseignants", "directeurs")}, ()) == (
        stops,
        report.proofed,
    )


def test_a_plugin_may_change_a_page_that_is_then_proofed(site: Site, tmp_path: Path):
    """What it wrote is read back as if we had: a third party, and no page around it."""
    more = WRITING.format(path="404.html", text="<p><img src='https://pub.example/x.gif'></p>")
    with unchanged(site):
        report = print_plain(site, settings=settings_with(tmp_path, more=more))
    assert {"EPR-02", "EPR-11"} == {f.code for f in report.findings if f.severity is Severity.STOP}


REMOVING = """
import types
from pathlib import Path
from pelican import signals


def remove(pelican):
    Path(pelican.output_path, "404.html").unlink()


def register():
    signals.finalized.connect(remove, weak=False)


PLUGINS.append(types.SimpleNamespace(register=register, __name__="removing"))
"""


def test_a_plugin_that_removes_a_page_stops_the_build(site: Site, tmp_path: Path):
    """A page that was asked for must be there."""
    with unchanged(site), pytest.raises(PressError, match=r"404\.html"):
        print_plain(site, settings=settings_with(tmp_path, more=REMOVING))


def test_pelican_s_own_settings_cannot_open_a_door(site: Site, tmp_path: Path):
    """Feeds, static files, direct templates, articles: what a settings file asks of Pelican is not printed."""
    more = """
STATIC_PATHS = ["registres", "."]
EXTRA_PATH_METADATA = {"registres/cle.yml": {"path": "cle.txt"}}
FEED_ALL_ATOM = "tout.atom"
DIRECT_TEMPLATES = ["index", "archives"]
ARTICLE_PATHS = [""]
PAGE_PATHS = ["pages"]
JINJA_ENVIRONMENT = {"autoescape": False}
THEME_STATIC_PATHS = ["templates"]
"""
    print_plain(site)
    before = digests(site.output)
    print_plain(site, settings=settings_with(tmp_path, more=more), is_fresh=True)
    assert before == digests(site.output)


def test_what_an_author_typed_is_escaped(site: Site):
    """In a title, a summary, an alternative: text, never mark-up; braces are not read by Jinja."""
    site.write(
        "actualites/2026-11-21-balises.md",
        '---\ntitre: "<script>alert(1)</script> {{ config }} & fin"\ndate: 2026-11-21\nstatut: publie\nauteur: cpc\n'
        'resume: "\\"><img src=x onerror=alert(2)>"\n---\n\nTexte {{ 7 * 7 }} {% raise %}\n',
    )
    print_plain(site)
    pages = {p: d.decode() for p, d in files(site.output / "public").items() if p.endswith(".html")}
    raw = [p for p, text in pages.items() if "<script>alert(1)" in text or "<img src=x" in text]
    page = pages["actualites/balises/index.html"]
    assert ([], True, True) == (
        raw,
        "&lt;script&gt;alert(1)&lt;/script&gt; {{ config }} &amp; fin" in page,
        "{{ 7 * 7 }}" in page,
    )


def test_pages_of_two_editions_know_their_own_root(site: Site):
    """Every page leads home by as many steps as it is deep; the page not found, from the root of the site."""
    print_plain(
        site,
        addresses={
            "public": "http://127.0.0.1:8/",
            "enseignants": "http://127.0.0.1:8/e/",
            "directeurs": "http://127.0.0.1:8/d/",
        },
    )
    found = {
        p: site.output.joinpath(p).read_text().count(f'href="{root}plan-du-site/"')
        for p, root in {
            "public/index.html": "",
            "public/actualites/fluence/index.html": "../../",
            "public/404.html": "/",
            "enseignants/404.html": "/e/",
        }.items()
    }
    assert {0} != set(found.values())
    assert [] == [p for p, count in found.items() if not count]
