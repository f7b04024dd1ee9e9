"""The directors' fil reaches their ENT, which cannot log in; nobody learns its address from what is printed."""

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from gazette.cli import main
from gazette.model.finding import Severity
from gazette.model.moment import PARIS
from gazette.model.token import VARIABLE, token_path, tokens
from gazette.order import Report
from gazette.press.stage import FORMS
from gazette.state import state_folder
from tests.journeys.conftest import Demo
from tests.plain import digests, files, print_plain, settings_with, template
from tests.press.widget import accepts, fetch, show
from tests.samples import NOW, TOKEN_SECRET, Site

SECRET = TOKEN_SECRET.encode()
AUGUST = datetime(2027, 8, 1, 8, tzinfo=PARIS)
FOLDERS = ("enseignants-jeton", "directeurs-jeton")


@pytest.fixture
def tokened(site: Site) -> Site:
    """Give a circonscription whose restricted editions have token feeds."""
    site.open_tokens()
    return site


def printed(site: Site, secret: bytes = SECRET, **options: object) -> Report:
    """Build with the secret of the tests."""
    return print_plain(site, token_secret=secret, **options)


def feed_path(site: Site, fil: str, now: datetime = NOW, name: str = "directeurs") -> str:
    """Return where a token feed stands in the output."""
    newsroom = site.newsroom()
    audience = newsroom.audience(name)
    assert audience
    return f"{name}-jeton/{token_path(SECRET, newsroom, audience, now.date(), fil)}"


def folders(site: Site) -> set[str]:
    """Return what stands in the output folder."""
    return {p.name for p in site.output.iterdir()}


# The ENT reads them.


def test_the_widget_shows_the_directors_fil(demo: Demo):
    """Five items, titles and summaries, newest first, each leading to the page that asks who comes."""
    printed_files = demo.at("2027-03-10")[1]
    path = next(p for p in printed_files if p.startswith("directeurs-jeton/directeurs-"))
    channel = fetch(printed_files[path])
    shown = show(channel)[:5]
    notes = json.loads(printed_files["directeurs/fils/directeurs.json"])["items"][:5]
    days = [day for *_, day in shown]
    editions = {"https://directeurs.valbrune.example/", "https://enseignants.valbrune.example/"}
    strays = [link for _, link, *_ in shown if not any(link.startswith(address) for address in editions)]
    assert ("Infos directeurs", True, []) == (channel.title, accepts(f"https://fils.valbrune.example/{path}"), strays)
    assert [(n["title"], n["url"]) for n in notes] == [(title, link) for title, link, *_ in shown]
    assert (sorted(days, reverse=True), 5, True) == (days, len(days), all(words for *_, words, _ in shown))


def test_every_fil_the_edition_sees_has_its_feed(tokened: Site):
    """And the feed of everything; nothing else, and nothing that lists them."""
    printed(tokened)
    expected = {feed_path(tokened, f) for f in ("tout", "actualites", "projets", "directeurs", "outils")}
    found = {p for p in files(tokened.output) if p.startswith("directeurs-jeton/")}
    assert expected | {"directeurs-jeton/robots.txt", "directeurs-jeton/.well-known/gazette.json"} == found


def test_teachers_feeds_hold_nothing_of_the_directors(tokened: Site):
    """They are proofed as the teachers' edition: a word of a note closes the gate."""
    printed(tokened)
    text = b"".join(d for p, d in files(tokened.output).items() if p.startswith("enseignants-jeton/")).decode()
    notes = [c.title for c in tokened.read().entries if c.folder == "directeurs"]
    assert ([], True) == ([t for t in notes if t in text], bool(notes))


def test_a_feed_that_held_a_note_would_close_the_gate(tokened: Site, monkeypatch: pytest.MonkeyPatch):
    """The words of more restricted entries are sought in token feeds too; the report does not tell their names."""
    note = next(e for e in tokened.read().entries if e.path == "directeurs/2026-11-23-effectifs.md")

    def leak(feed: object) -> bytes:
        title = getattr(feed, "address", "?") == "" and note.summary
        return f"<rss><channel><title>{title}</title></channel></rss>".encode()

    monkeypatch.setitem(FORMS, "rss", leak)
    report = printed(tokened)
    told = [f for f in report.findings if f.severity is Severity.STOP]
    names = tokens(SECRET, tokened.newsroom(), NOW.date())
    leaks = {f.place.file.partition("/")[0] for f in told if f.code == "EPR-03"}
    assert ({"enseignants-jeton"}, True) == (leaks, report.is_closed)
    assert [] == [f for f in told if any(name in f.line() for name in names)]


# Nobody learns the address, nor the secret.


def test_no_printed_byte_tells_an_address(tokened: Site):
    """Not even the feed's own."""
    printed(tokened)
    names = [name.encode() for name in tokens(SECRET, tokened.newsroom(), NOW.date())]
    told = [path for path, data in files(tokened.output).items() if any(name in data for name in names)]
    assert (9, []) == (len(names), told)


@pytest.mark.parametrize("edition", ["public", "directeurs"])
def test_an_address_pasted_in_a_text_closes_the_gate(tokened: Site, edition: str):
    """Even on a page of the directors themselves: pages are shared. Nothing is put in place."""
    printed(tokened)
    before = digests(tokened.output)
    address = f"https://fils.sourcelle.example/d/{feed_path(tokened, 'tout').partition('/')[2]}"
    facts = f"titre: Suivre\ndate: 2026-11-19\nstatut: publie\nresume: r\nedition: {edition}"
    tokened.write("actualites/2026-11-19-suivre.md", f"---\n{facts}\n---\n\nAjoutez <{address}> à l’ENT.\n")
    report = printed(tokened)
    token = address.rpartition("-")[2].removesuffix(".xml")
    told = [f for f in report.findings if f.code == "EPR-10"]
    assert (True, True, before) == (report.is_closed, bool(told), digests(tokened.output))
    assert [] == [f for f in report.findings if token in f.line()]


def test_an_address_printed_by_a_theme_closes_the_gate(tokened: Site, tmp_path: Path):
    """Whatever a theme was told."""
    token = feed_path(tokened, "outils").rpartition("-")[2].removesuffix(".xml")
    base = template("base.html").replace("</main>", f"<!-- {token} --></main>")
    report = printed(tokened, settings=settings_with(tmp_path, {"templates/base.html": base}))
    assert {"EPR-10"} == {f.code for f in report.findings if f.severity is Severity.STOP}


def test_the_secret_stands_nowhere(
    tokened: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """Neither in the output, nor in what is remembered, reported, published, said."""
    monkeypatch.setenv(VARIABLE, TOKEN_SECRET)
    report, live = tmp_path / "rapport.json", tmp_path / "en-ligne"
    words = ["--contenu", str(tokened.content), "--sortie", str(tokened.output), "--jour", "2026-11-23 12:00"]
    for verb in (
        ["construire", *words, "--rapport", str(report)],
        ["publier", "--cible", "local", "--vers", str(live), *words, "--rapport", str(tmp_path / "publication.json")],
        ["controler", *words],
    ):
        with pytest.raises(SystemExit) as ended:
            main(["gazette", *verb])
        assert 0 == ended.value.code
    said = "".join(capfd.readouterr())
    found = [p for p, data in files(tmp_path).items() if TOKEN_SECRET.encode() in data]
    assert ([], False) == (found, TOKEN_SECRET in said)
    assert TOKEN_SECRET not in repr(tokened.order(token_secret=SECRET))


# They are printed when they may be, and no longer.


def test_without_a_secret_none_is_printed_and_the_report_says_so(tokened: Site):
    """A note for each edition concerned, and the rest is printed."""
    report = printed(tokened, b"")
    notes = [f.message for f in report.findings if f.code == "JET-01"]
    assert (2, FOLDERS, False) == (len(notes), report.unprinted, report.is_closed)
    assert {"public", "enseignants", "directeurs"} == folders(tokened)


@pytest.mark.parametrize("state", ["kept", "lost"])
@pytest.mark.parametrize("how", ["secret", "actif", "jeton"])
def test_what_may_no_longer_be_printed_is_removed(tokened: Site, how: str, state: str):
    """The secret is gone, it is off, its key is gone: so is its folder, even when what was printed is forgotten."""
    printed(tokened)
    if state == "lost":
        shutil.rmtree(state_folder(tokened.output))
    if how == "actif":
        tokened.change("circonscription.yml", "actif: oui", "actif: non")
    elif how == "jeton":
        block = (tokened.content / "circonscription.yml").read_text("utf-8")
        start = block.index("    jeton:     ")
        tokened.change("circonscription.yml", block[start : block.index("\nfils:")], "")
    printed(tokened, b"" if how == "secret" else SECRET)
    assert set() == {"directeurs-jeton"} & folders(tokened)
    assert (how != "secret") is ("enseignants-jeton" in folders(tokened))


def test_names_change_on_the_first_of_august(tokened: Site):
    """The names of the year before are there no more."""
    printed(tokened, now=AUGUST.replace(month=7, day=31))
    july = feed_path(tokened, "tout", AUGUST.replace(month=7, day=31))
    before = files(tokened.output)
    printed(tokened, now=AUGUST)
    august = feed_path(tokened, "tout", AUGUST)
    after = files(tokened.output)
    assert (True, False, True) == (july in before, july in after, august in after)


def test_one_edition_alone_leaves_the_feeds_of_the_others(tokened: Site):
    """``--edition`` prints that edition and its feeds."""
    printed(tokened)
    before = digests(tokened.output)
    report = printed(tokened, editions=("directeurs",))
    assert ({"directeurs", "directeurs-jeton"}, before) == (set(report.counts), digests(tokened.output))


def test_nothing_else_changes_by_a_secret(tokened: Site):
    """The editions have the same bytes with a secret, with another, with none."""
    bytes_of = []
    for secret in (SECRET, SECRET[::-1], b""):
        printed(tokened, secret, is_fresh=True)
        bytes_of.append({p: d for p, d in digests(tokened.output).items() if "-jeton/" not in p})
    assert [bytes_of[0]] * 3 == bytes_of


def test_the_public_edition_is_the_same_without_restricted_entries(tokened: Site):
    """Byte for byte, token feeds or not (oracle O1)."""
    printed(tokened)
    whole = {p: d for p, d in digests(tokened.output).items() if p.startswith("public/")}
    for entry in tokened.read().entries:
        if entry.audience.rank:
            file = tokened.content / entry.path
            file.unlink()
    printed(tokened)
    assert whole == {p: d for p, d in digests(tokened.output).items() if p.startswith("public/")}


def test_step_by_step_is_the_same_as_all_at_once(tokened: Site):
    """A note more, a series more, a year later: what stands is what a first build prints."""
    printed(tokened)
    tokened.write(
        "directeurs/2026-11-20-neuve.md", "---\ntitre: Neuve\ndate: 2026-11-20\nstatut: publie\nresume: r\n---\nx\n"
    )
    printed(tokened)
    tokened.change("circonscription.yml", "serie: 1 ", "serie: 2 ")
    for now in (NOW, AUGUST):
        printed(tokened, now=now)
        elsewhere = replace(tokened, output=tokened.output.with_name(f"ailleurs-{now.year}"))
        printed(elsewhere, now=now)
        assert digests(elsewhere.output) == digests(tokened.output)


# The commands.


def called(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command of ``./gazette``; return its exit code, what it printed and what it complained of."""
    with pytest.raises(SystemExit) as ended:
        main(["gazette", *words])
    captured = capfd.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def places(site: Site) -> tuple[str, ...]:
    """Return the options that say where a command reads and writes, and the tests' day."""
    return ("--contenu", str(site.content), "--sortie", str(site.output), "--jour", "2026-11-23 12:00")


def test_the_addresses_told_are_those_on_line(
    tokened: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """Each address ``jeton`` tells is a file that ``publier`` put on line."""
    monkeypatch.setenv(VARIABLE, TOKEN_SECRET)
    live = tmp_path / "www"
    assert 0 == called(capfd, "publier", "--cible", "local", "--vers", str(live), *places(tokened))[0]
    code, out, _ = called(capfd, "jeton", "directeurs", *places(tokened))
    told = [line.strip().rpartition("/")[2] for line in out.splitlines() if line.startswith("  https://")]
    assert (0, 5, []) == (code, len(told), [n for n in told if not (live / "directeurs-jeton" / n).is_file()])


def test_a_new_token_kills_the_old_addresses(
    tokened: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """In the file, in the output, on line; the other edition's live on, and a way back revives none."""
    monkeypatch.setenv(VARIABLE, TOKEN_SECRET)
    live = tmp_path / "www"
    publish = ("publier", "--cible", "local", "--vers", str(live), *places(tokened))
    called(capfd, *publish)
    old, other = feed_path(tokened, "tout"), feed_path(tokened, "tout", name="enseignants")
    code, out, _ = called(capfd, *publish, "--nouveau-jeton", "directeurs")
    new = feed_path(tokened, "tout")
    assert (0, True, True) == (code, "git" in out, "meurent" in out)
    stands = [(live / path).is_file() for path in (old, new, other)]
    assert ([False, True, True], False) == (stands, (tokened.output / old).exists())
    assert 0 == called(capfd, *publish, "--retour=0")[0]
    assert False is (live / old).exists()


def test_what_may_no_longer_be_published_leaves_the_target(
    tokened: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """A publication without the secret removes both trees."""
    monkeypatch.setenv(VARIABLE, TOKEN_SECRET)
    publish = ("publier", "--cible", "local", "--vers", str(tmp_path / "www"), *places(tokened))
    called(capfd, *publish)
    before = [(tmp_path / "www" / name).exists() for name in FOLDERS]
    monkeypatch.delenv(VARIABLE)
    code, out, _ = called(capfd, *publish)
    after = [(tmp_path / "www" / name).exists() for name in FOLDERS]
    told = "directeurs-jeton : fils à jeton non imprimés, faute de secret" in out
    assert (0, [True, True], [False, False], True) == (code, before, after, told)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("jeton", "public"), "tout le monde la lit"),
        (("jeton", "directrices"), "édition inconnue « directrices »"),
        (("jeton", "directeurs", "--lettre", "CONTENU/lettre.html"), "ne se publie pas"),
        (("jeton", "directeurs", "--lettre", "SORTIE/directeurs/lettre.html"), "ne se publie pas"),
        (("jeton", "directeurs", "--lettre", "CONTENU/../absent/lettre.html"), "le dossier n’existe pas"),
        (("publier", "--cible", "local", "--nouveau-jeton", "directeurs", "--simuler"), "va seul"),
        (("publier", "--cible", "local", "--nouveau-jeton", "public"), "tout le monde la lit"),
    ],
)
def test_a_wrong_call_changes_nothing(
    tokened: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
):
    """One sentence, exit 2, and the circonscription's file as it was."""
    monkeypatch.setenv(VARIABLE, TOKEN_SECRET)
    before = digests(tokened.content)
    here = [w.replace("CONTENU", str(tokened.content)).replace("SORTIE", str(tokened.output)) for w in words]
    here += ["--vers", str(tmp_path / "www")] if words[0] == "publier" else []
    code, _, err = called(capfd, *here, *places(tokened))
    assert (2, True, before, False) == (code, said in err, digests(tokened.content), (tmp_path / "www").exists())


@pytest.mark.parametrize(
    ("secret", "said"), [("", "GAZETTE_SECRET_JETON manque"), ("court-4321", "moins de 16 signes")]
)
def test_without_a_good_secret_no_address_is_told(
    tokened: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], secret: str, said: str
):
    """An address made of nothing would be no address."""
    monkeypatch.setenv(VARIABLE, secret)
    code, out, err = called(capfd, "jeton", "directeurs", *places(tokened))
    assert (2, "", True, False) == (code, out, said in err, "4321" in err)


def test_the_letter_is_written_where_it_is_asked(
    tokened: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """Beside the content, never in it."""
    monkeypatch.setenv(VARIABLE, TOKEN_SECRET)
    file = tmp_path / "lettre.html"
    code, _, _ = called(capfd, "jeton", "directeurs", "--lettre", str(file), *places(tokened))
    assert (0, True) == (code, file.read_text("utf-8").startswith("<!doctype html>"))
