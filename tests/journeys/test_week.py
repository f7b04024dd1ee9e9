"""A week told to schools: from Markdown to a page, a feed and a mailbox, with the real theme."""

import email
import email.policy
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import feedparser
import html5lib
import pytest

from gazette import mailing as pipeline
from gazette.build import build
from gazette.cli import main
from gazette.errors import ConfigurationError
from gazette.mailing import LetterReport, build_letter
from tests.plain import files
from tests.samples import Site

TITLES = {
    "esperluette": "Lire & dire",
    "chevrons": "a < b > c",
    "section": "fin ]]> de section",
    "citation": "Les « mots » du soir !",
    "fines": "Prêts\u202f? Partez\u202f!",
    "fusee": "Une fusée 🚀 et 👩‍🏫 l’école",
    "commande": "Tabulation\x0bverticale",
    "droite": "עברית והعربية",
    "ligne": "Deux\u2028lignes\u202e ici",
}
ENTRY = """---
titre: "{title}"
date: 2026-11-{day:02}
statut: publie
auteur: cpc
resume: "Chapeau de {name}."
{more}---

Texte de {name}.
"""
SECRET = "Réunion confidentielle des directions du plateau, avec ordre du jour complet"


def entry(site: Site, name: str, title: str, day: int = 18, more: str = "", fil: str = "actualites") -> None:
    """Write an entry of the week 47, or of another day of November."""
    quoted = title.replace("\x0b", "\\v").replace("\u2028", "\\L").replace("\u202e", "\\u202e")
    text = ENTRY.format(title=quoted, name=name, day=day, more=more)
    site.write(f"{fil}/2026-11-{day:02}-{name}.md", text)


@pytest.fixture
def site(site: Site) -> Site:
    """Give the small circonscription, as one that writes from the address which the settings name."""
    site.change("circonscription.yml", "domaines_courriel: [", "domaines_courriel: [ac-valbrune.example, ")
    return site


def letter(site: Site, edition: str = "", week: str = "2026-S47") -> LetterReport:
    """Print the letter of a week."""
    return build_letter(site.order(editions=(edition,) if edition else ()), week)


def bodies(report: LetterReport) -> dict[str, bytes]:
    """Return what was printed."""
    assert report.proofed
    return files(Path(report.proofed.root))


def bare(text: str) -> str:
    """Return what readers see of a text: letters, signs and figures, without spaces."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNSP" and c not in "’'")


def called(*words: str) -> int:
    """Run a command of ``./gazette`` and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["gazette", *words])
    return int(ended.value.code or 0)


def places(site: Site, day: str = "2026-11-23 12:00") -> tuple[str, ...]:
    """Return the options that say where a command reads and writes, and the day."""
    return ("--contenu", str(site.content), "--sortie", str(site.output), "--jour", day)


def test_titles_of_any_kind_come_out_right(site: Site, tmp_path: Path):
    """In the page, the feeds, the letter and its subject, to others' parsers."""
    for name, title in TITLES.items():
        entry(site, name, title)
    build(site.order(editions=("public",)), pool=site.pool)
    printed = files(site.output / "public")
    page = html5lib.parse(printed["semaine/2026-S47/index.html"].decode(), namespaceHTMLElements=False)
    shown = {bare("".join(h.itertext())) for h in page.iter("h3")}
    atom = feedparser.parse(io.BytesIO(printed["fils/semaine.atom"]), sanitize_html=False)
    told = next(e for e in atom.entries if "2026-S47" in e.link)["content"][0]["value"]
    fed = {bare("".join(a.itertext())) for a in html5lib.parse(told, namespaceHTMLElements=False).iter("a")}
    assert 0 == called("lettre", "--semaine", "2026-S47", "--vers", str(tmp_path / "eml"), *places(site))
    message = email.message_from_bytes(
        (tmp_path / "eml" / "2026-S47-public-0869001S.eml").read_bytes(), policy=email.policy.default
    )
    html = message.get_body(("html",))
    assert html
    mailed = {
        bare("".join(a.itertext())) for a in html5lib.parse(html.get_content(), namespaceHTMLElements=False).iter("a")
    }
    expected = {bare(title) for title in TITLES.values()}
    assert (set(), set(), set(), []) == (expected - shown, expected - fed, expected - mailed, message.defects)


@pytest.mark.parametrize("name", TITLES)
def test_a_title_of_any_kind_is_a_subject(site: Site, tmp_path: Path, name: str):
    """On one line, whatever it is made of."""
    for file in (site.content / "actualites").glob("2026-11-1[6-9]*"):
        site.write(f"actualites/{file.name}/index.md" if file.is_dir() else f"actualites/{file.name}", "---\n---\n")
    entry(site, name, TITLES[name], day=22)
    called("lettre", "--semaine", "2026-S47", "--vers", str(tmp_path), *places(site))
    data = (tmp_path / "2026-S47-public-0869001S.eml").read_bytes()
    subject = str(email.message_from_bytes(data, policy=email.policy.default)["Subject"])
    marks = [
        c for c in subject if unicodedata.category(c) in {"Cc", "Zl", "Zp"} or c in "\u202a\u202b\u202c\u202d\u202e"
    ]
    assert ([], True) == (marks, bare(subject).startswith(bare(f"Semaine 47 : {TITLES[name]}")))


def test_pages_feeds_and_letter_do_not_depend_on_what_is_restricted(site: Site):
    """The public's are the same bytes with and without entries of the other editions."""

    def public() -> dict[str, bytes]:
        build(site.order(editions=("public",), is_fresh=True), pool=site.pool)
        printed = {p: data for p, data in files(site.output / "public").items() if "semaine" in p}
        return printed | bodies(letter(site))

    entry(site, "ouverte", "Ouverte à tous")
    before = public()
    entry(site, "secrete", SECRET, more="edition: directeurs\necheances:\n  - {libelle: Rendre, date: 2026-11-24}\n")
    entry(site, "note", f"{SECRET} bis", fil="directeurs", more="epingle: 2026-12-31\n")
    entry(site, "entre-nous", f"{SECRET} ter", more="edition: enseignants\n")
    directors = b"".join(bodies(letter(site, "directeurs")).values())
    assert (before, True) == (public(), "confidentielle" in directors.decode())


def test_a_letter_that_leaks_is_not_made(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """If composing took in what its audience may not read, the proof would close the gate."""
    entry(site, "secrete", SECRET, more="edition: directeurs\n")
    honest = pipeline.compose_letter

    def leaking(cleared, audience, newsroom, *rest):  # noqa: ANN001, ANN002, ANN202
        return honest(cleared, newsroom.audiences[-1], newsroom, *rest)

    monkeypatch.setattr(pipeline, "compose_letter", leaking)
    report = letter(site)
    code = called("lettre", "--semaine", "2026-S47", "--vers", str(tmp_path / "eml"), *places(site))
    codes = {f.code for f in report.findings if f.place.file.startswith("public/lettre")}
    assert (None, True, 1, False) == (report.proofed, "EPR-03" in codes, code, (tmp_path / "eml").exists())


def test_a_letter_that_leads_nowhere_is_not_made(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Each link into its own edition must lead to a page which is composed."""
    entry(site, "une", "Une nouvelle")
    honest = pipeline.compose_letter
    monkeypatch.setattr(pipeline, "compose_letter", lambda *words: (*honest(*words)[:2], {}))
    report = letter(site)
    assert (None, {"EPR-01"}) == (report.proofed, {f.code for f in report.findings if f.code.startswith("EPR")})


def test_without_an_edition_everybody_may_read_the_letter(site: Site):
    """The directors' is made when it is asked for by name."""
    assert ["public", "directeurs"] == [letter(site, name).audience.name for name in ("", "directeurs")]


def test_the_page_of_subscriptions_says_how_to_receive_the_letter(site: Site):
    """There is no list to join: a school asks the circonscription."""
    build(site.order(editions=("public",)), pool=site.pool)
    page = html5lib.parse(files(site.output / "public")["fils/index.html"].decode(), namespaceHTMLElements=False)
    part = next(s for s in page.iter("section") if s.get("aria-labelledby") == "courriel")
    assert ["mailto:ien@ac-sourcelle.example"] == [a.get("href") for a in part.iter("a")]


def test_schools_that_are_open_receive_the_letter_once_an_address(site: Site):
    """Not a closed one, nor one whose address is no function's; a service, the open letter only."""

    def school(uai: str, address: str, levels: str = "") -> None:
        facts = f"uai: {uai}\nnom: École {uai}\ncommune: Sourcelle\nstatut: publie\ncourriel: {address}\n{levels}"
        site.write(f"ecoles/{uai}.md", f"---\n{facts}---\n")

    school("0869003U", "ce.0869001S@ac-sourcelle.example", "niveaux: [CP]\n")
    school("0869004V", "ecole@gmail.com", "niveaux: [CP]\n")
    school("0869005W", "''", "niveaux: [CP]\n")
    school("0869010B", "rased@ac-sourcelle.example")
    found = [[r.uai for r in letter(site, name).recipients] for name in ("public", "directeurs")]
    assert [["0869001S", "0869010B"], ["0869001S"]] == found
    assert ("École 0869005W",) == letter(site, "public").letter.unserved


@pytest.mark.parametrize(
    ("week", "reason"),
    [
        ("2026-S43", "vacances"),
        ("2026-S49", "pas commencé"),
        ("2024-S47", "rien n’avait encore paru"),
        ("2026-47", "écrivez"),
        ("2026-S54", "écrivez"),
    ],
)
def test_a_week_without_a_page_has_no_letter(site: Site, week: str, reason: str):
    """And one line says why."""
    with pytest.raises(ConfigurationError, match=reason):
        letter(site, week=week)


def test_without_a_week_the_last_one_told_is_written(site: Site):
    """On a Monday, the week before."""
    assert "2026-S47" == letter(site, week="").letter.week


WRONG_CALLS: dict[str, Callable[[Path], tuple[str, ...]]] = {
    "neither": lambda _: (),
    "both": lambda folder: ("--smtp", "--vers", str(folder)),
    "edition": lambda folder: ("--vers", str(folder), "--edition", "parents"),
    "week": lambda folder: ("--vers", str(folder), "--semaine", "2026-S43"),
    "school": lambda folder: ("--vers", str(folder), "--ecoles", "0869002T"),
    "server": lambda _: ("--smtp",),
}


@pytest.mark.parametrize("name", WRONG_CALLS)
def test_a_wrong_call_writes_nothing(site: Site, tmp_path: Path, name: str):
    """It ends with 2."""
    code = called("lettre", *WRONG_CALLS[name](tmp_path / "eml"), *places(site))
    assert (2, False) == (code, (tmp_path / "eml").exists())


def test_two_calls_write_the_same_bytes(site: Site, tmp_path: Path):
    """The date of a message is the build's."""
    for folder in "ab":
        called("lettre", "--vers", str(tmp_path / folder), *places(site))
    found = files(tmp_path / "a")
    assert (found, True) == (
        files(tmp_path / "b"),
        b"Date: Mon, 23 Nov 2026 12:00:00 +0100" in next(iter(found.values())),
    )


def test_a_letter_leaves_the_next_build_its_memory(site: Site):
    """What proofs remember of an edition is not forgotten for a letter."""
    build(site.order(), pool=site.pool)
    before = files(site.output)
    letter(site, "directeurs")
    counts = build(site.order(), pool=site.pool).counts
    assert (before, [0, 0, 0]) == (files(site.output), [c.printed for c in counts.values()])
