"""A shared book through the whole press: owned pages, one closed book for each reader, the same in every form."""

import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

import jinja2
import pytest

from gazette.build import build
from gazette.order import Report
from gazette.press.compiled import ONCE
from gazette.press.filters import poids
from gazette.removal import withdraw
from gazette.withdrawal.withdraw import Request, holders
from tests import shelf
from tests.plain import files
from tests.samples import Site

WEB = "cahiers/le-jardin"
EPUB, PACK = f"{WEB}.epub", f"{WEB}.zip"
BOUND = ("/tout/index.html", ".epub", ".zip")
"""What holds every page of a book."""
SECRET = "gants courts pour les mains trapues"


@pytest.fixture
def garden(site: Site) -> Site:
    """Give a circonscription with a book."""
    shelf.plant(site)
    return site


def printed(site: Site) -> dict[str, bytes]:
    """Build, without a fault; return every file."""
    report = build(site.order(), pool=site.pool)
    assert not report.is_closed, [f.line() for f in report.findings]
    return files(site.output)


def held(data: bytes) -> str:
    """Return the names and the texts that a package holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = [package.read(n).decode() for n in package.namelist() if n.endswith((".xhtml", ".html", ".opf"))]
        return "\n".join([*package.namelist(), *texts])


def everything(site: Site, edition: str) -> str:
    """Return all the words and names of an edition, packages unpacked."""
    found = []
    for path, data in files(site.output).items():
        if path.startswith(f"{edition}/"):
            found += [path, held(data) if path.endswith((".epub", ".zip")) else data.decode("utf-8", "replace")]
    return "\n".join(found)


def findings(report: Report, path: str) -> list[str]:
    """Return the codes told of a file, gravest first."""
    return [f.code for f in sorted(report.findings, key=lambda f: -f.severity) if f.place.file == path]


def test_a_template_is_compiled_once_for_pages_and_packages(garden: Site, monkeypatch: pytest.MonkeyPatch):
    """Of every edition: compiling took a third of a build when each page of a package did it again."""
    compiled: Counter[str] = Counter()
    compile_ = jinja2.Environment.compile

    def counted(environment: jinja2.Environment, source: str, name: str, *more: object, **facts: object) -> object:
        compiled[name] += 1
        return compile_(environment, source, name, *more, **facts)

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    monkeypatch.setattr(ONCE["bytecode_cache"], "known", {})
    printed(garden)
    assert {"accueil.html", "contribution.html", "_hors_ligne.html", "epub/nav.xhtml"} <= compiled.keys()
    assert {} == {name: times for name, times in compiled.items() if times > 1}


def test_each_page_with_a_pupils_medium_says_how_to_have_it_removed(garden: Site):
    """Cover, page, all on a page, shelf and others: the authorisation's number, the delay, the way to ask."""
    pages = {path: data.decode() for path, data in printed(garden).items() if path.endswith(".html")}
    media = {
        name for path, text in pages.items() if f"/{WEB}" in path for name in re.findall(r"media/[0-9a-f]{24}", text)
    }
    shown = {path: text for path, text in pages.items() if any(name in text for name in media)}
    said = ("AUT-2026-0", "donnees-personnelles/#retrait", "nous visons un jour ouvré")
    assert (True, []) == (len(shown) > 3, [path for path, text in shown.items() if not all(w in text for w in said)])


class Words(HTMLParser):
    """The words of the elements of some class or tag."""

    def __init__(self, wanted: Callable[[str, dict[str, str]], bool]) -> None:
        super().__init__()
        self.wanted, self.depth, self.words = wanted, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go in."""
        if self.depth or self.wanted(tag, {k: v or "" for k, v in attrs}):
            self.depth += tag not in {"img", "br", "source", "hr", "meta", "link"}
        self.words += " "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass: it holds nothing."""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # HTMLParser's
        """Go out."""
        self.depth -= self.depth > 0
        self.words += " "

    def handle_data(self, data: str) -> None:
        """Read."""
        self.words += data if self.depth else ""


def words(html: str, wanted: Callable[[str, dict[str, str]], bool]) -> list[str]:
    """Return the words that stand in the elements wanted."""
    parser = Words(wanted)
    parser.feed(html)
    return parser.words.split()


def test_a_book_is_printed_whole(garden: Site):
    """Cover, contents, a page each, all of it, sounds, givers and packages; the restricted page nowhere in public."""
    found = printed(garden)
    names = {p.removeprefix(f"public/{WEB}") for p in found if p.startswith(f"public/{WEB}")}
    leaves = ("0869001s-cm2", "0869001s-cm2-suite", "0869002t-gs")
    pages = ("", "sommaire/", "tout/", "ecouter/", "contributeurs/", *(f"{leaf}/" for leaf in leaves))
    assert {".epub", ".zip", *(f"/{page}index.html" for page in pages)} == names
    order = re.findall(r'livre-titre">([^<]+)<', found[f"public/{WEB}/sommaire/index.html"].decode())
    assert ["L’arrosoir percé", "Le radis de la fenêtre", "Le radis, la suite"] == order
    public, teachers = everything(garden, "public"), everything(garden, "enseignants")
    assert (0, 0, 0) == tuple(public.count(word) for word in (SECRET, "0869002t-ms", "Notes pour la maîtresse"))
    assert SECRET in held(found[f"enseignants/{EPUB}"])
    assert SECRET in held(found[f"enseignants/{PACK}"])
    assert "radis" in held(found[f"enseignants/{EPUB}"])
    assert SECRET in teachers
    assert f"directeurs/{EPUB}" not in found
    progress = {name for name in found if name.endswith("avancement/index.html")}
    assert {f"directeurs/{WEB}/avancement/index.html"} == progress
    assert ">attendue<" in found[f"directeurs/{WEB}/avancement/index.html"].decode()
    assert "https://sourcelle.example/" in found[f"directeurs/{WEB}/avancement/index.html"].decode()
    podcast = found["public/fils/audio.rss"].decode()
    assert "L’arrosoir percé" in podcast
    assert "Le jardin des trois écoles" in found["public/projets/index.html"].decode()
    assert "dernier jour pour donner une page" in found["public/frise/index.html"].decode()


def test_the_epub_says_what_the_web_says(garden: Site):
    """Word for word, page for page, in the order of the book; and the packages hold nothing that is elsewhere."""
    found = printed(garden)
    with zipfile.ZipFile(io.BytesIO(found[f"public/{EPUB}"])) as package:
        assert ("mimetype", zipfile.ZIP_STORED) == (package.infolist()[0].filename, package.infolist()[0].compress_type)
        chapters = [package.read(f"EPUB/p{n}.xhtml").decode() for n in (1, 2, 3)]
    web = found[f"public/{WEB}/tout/index.html"].decode()
    told = [
        words(web, lambda _, a, n=n: a.get("id") == f"p{n}")  # type: ignore[misc]
        for n in (1, 2, 3)
    ]
    said = [words(chapter, lambda tag, _: tag == "section") for chapter in chapters]
    unheard = {"MP3,", "ko"}  # the web tells the weight of what it would fetch
    assert [[w for w in row if w not in unheard and not w.isdigit()] for row in told] == [
        [w for w in row if not w.isdigit()] for row in said
    ]
    for name in (EPUB, PACK):
        remote = re.findall(r'\ssrc(?:set)?="https?://[^"]+"', held(found[f"public/{name}"]))
        assert [] == remote
    with zipfile.ZipFile(io.BytesIO(found[f"public/{PACK}"])) as package:
        names = set(package.namelist())
        for name in (n for n in names if n.endswith(".html")):
            for href in re.findall(r'(?:href|src)="([^"#:]+)(?:#[^"]*)?"', package.read(name).decode()):
                at = "/".join([*name.split("/")[:-1], href])
                while "../" in at:
                    at = re.sub(r"[^/]+/\.\./", "", at, count=1)
                assert at in names, (name, href)


def test_the_cover_tells_the_weight_of_what_one_takes_away(garden: Site):
    """Form and weight of each package, as it is; told anew when it weighs otherwise (RGAA 13.3)."""
    for heavier in (False, True):
        if heavier:
            garden.change(shelf.SECOND, "Et après ?", f"Et {digits(4000)} ?")
        found = printed(garden)
        cover = found[f"public/{WEB}/index.html"].decode()
        for path, form in ((EPUB, "EPUB"), (PACK, "ZIP")):
            weight = poids(len(found[f"public/{path}"]))
            assert f"({form}, {weight})" in cover
    build(garden.order(is_fresh=True), pool=garden.pool)
    assert found == files(garden.output)


def digits(count: int) -> str:
    """Return words that hardly compress."""
    return " ".join(hashlib.sha256(str(n).encode()).hexdigest()[:5] for n in range(count))


def stamps(site: Site) -> dict[str, int]:
    """Return when each printed file was last written."""
    return {path: (site.output / path).stat().st_mtime_ns for path in files(site.output)}


def test_packages_have_the_same_bytes_and_one_page_changes_little(garden: Site):
    """Built anew: the same. One page changed: itself, the book's own files and the search are written again, no more.

    Both editions that print the book do so. Its sound stays as it was, and so do podcasts and the page of sounds.
    """
    first = printed(garden)
    build(garden.order(is_fresh=True), pool=garden.pool)
    assert first == files(garden.output)
    before = stamps(garden)
    garden.change(shelf.HEARD, "onze trous", "douze trous")
    printed(garden)
    after = stamps(garden)
    written = {path for path, when in after.items() if before.get(path) != when and "/recherche/" not in path}
    own = ("/0869002t-gs/index.html", *BOUND)
    assert {f"{edition}/{WEB}{rest}" for edition in ("public", "enseignants") for rest in own} == written


@pytest.mark.parametrize(
    ("request_", "gone"),
    [
        ({"file": f"{shelf.BOOK}/contributions/0869001S-cm2/radis.png"}, "Un radis rose et sa racine"),
        ({"file": f"{shelf.BOOK}/contributions/0869002T-gs/arrosoir.mp3"}, "Un filet d’eau"),
        ({"entry": f"{shelf.BOOK}/contributions/0869001S-cm2"}, "quatre feuilles"),
    ],
)
def test_what_is_withdrawn_leaves_every_form_at_once(garden: Site, request_: dict[str, str], gone: str):
    """Oracle O2: a picture, a voice, a page; from pages, EPUB, zip and podcast; the book closes up around it."""
    before = printed(garden)
    assert gone in everything(garden, "public")
    media = {hashlib.sha256(d).hexdigest() for p, d in before.items() if p.startswith("public/media/")}
    done = withdraw(garden.order(), Request(**request_))
    after = printed(garden)
    assert ((shelf.SECOND,) if "entry" in request_ else ()) == done.followed
    former = {hashlib.sha256(before[f"public/{name}"]).hexdigest() for name in (EPUB, PACK)}
    assert former <= done.sought.printed
    assert () == holders(done.sought.printed, garden.output, done.state)
    left = {hashlib.sha256(d).hexdigest() for p, d in after.items() if p.startswith("public/media/")}
    lost = media - left
    assert gone not in everything(garden, "public")
    for name in (EPUB, PACK):
        with zipfile.ZipFile(io.BytesIO(after[f"public/{name}"])) as package:
            kept = {hashlib.sha256(package.read(n)).hexdigest() for n in package.namelist()}
        assert not lost & kept
    if "entry" in request_:  # its second page went with the first
        assert f"public/{WEB}/0869001s-cm2-suite/index.html" not in after
        following = re.search(r'<a rel="next" href="([^"]+)"', after[f"public/{WEB}/0869002t-gs/index.html"].decode())
        assert following
        assert following[1].endswith(f"{WEB}/contributeurs/")


def test_a_page_leaves_with_the_authorisation_of_its_text(garden: Site):
    """Ended or withdrawn: the text is a work like a picture."""
    garden.change(shelf.GRANT, "fin: 2027-07-02", "fin: 2026-11-20")
    report = build(garden.order(), pool=garden.pool)
    assert not report.is_closed
    assert "quatre feuilles" not in everything(garden, "public")
    assert "RGPD-15" in findings(report, shelf.FIRST)
    assert f"public/{WEB}/index.html" in files(garden.output)
    assert f"public/{EPUB}" not in files(garden.output)


@pytest.mark.parametrize(
    ("path", "before", "after", "code"),
    [
        (shelf.FIRST, "autorisation: AUT-2026-009\nclasse", "classe", "RGPD-12"),
        (shelf.FIRST, "autorisation: AUT-2026-009\nclasse", "autorisation: AUT-2026-002\nclasse", "RGPD-14"),
        (shelf.FIRST, "classe: CM2", "classe: CM2\nlicence: etalab-2.0", "RGPD-23"),
        (shelf.FIRST, "classe: CM2", "classe: CM2\necole: 0869002T", "LEC-43"),
        (shelf.HEARD, "    transcription: Un filet d’eau tombe dans la terre sèche.\n", "", "RGPD-46"),
    ],
)
def test_one_page_is_refused_alone(garden: Site, path: str, before: str, after: str, code: str):
    """Whatever is wrong with a page costs that page, and those that it brings."""
    garden.change(path, before, after)
    report = build(garden.order(), pool=garden.pool)
    found = files(garden.output)
    assert (False, code) == (report.is_closed, code if code in findings(report, path) else "")
    stays = "0869002t-gs" if path == shelf.FIRST else "0869001s-cm2"
    goes = "0869001s-cm2" if path == shelf.FIRST else "0869002t-gs"
    names = " ".join(found)
    assert (True, False) == (f"public/{WEB}/{stays}/" in names, f"{goes}/" in names)


def test_no_page_stands_without_its_book(garden: Site):
    """A draft of a book holds its pages back; without a book they are refused."""
    garden.change(f"{shelf.BOOK}/index.md", "statut: publie", "statut: brouillon")
    printed(garden)
    assert "quatre feuilles" not in everything(garden, "enseignants")
    (garden.content / shelf.BOOK / "index.md").unlink()
    told = garden.read()
    assert [] == [e for e in told.entries if e.kind == "contribution"]


def test_a_page_is_never_more_open_than_its_book(garden: Site):
    """Whatever it says."""
    garden.change(f"{shelf.BOOK}/index.md", "statut: publie", "statut: publie\nedition: directeurs")
    garden.change(shelf.HEARD, "statut: publie", "statut: publie\nedition: public")
    found = printed(garden)
    assert "onze trous" not in everything(garden, "public") + everything(garden, "enseignants")
    assert f"directeurs/{EPUB}" in found
