"""An existing blog brought in: realistic exports, hostile ones, twice, and cut short."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from gazette.cli import main
from gazette.model.cahier import Contribution
from gazette.model.finding import Severity
from gazette.write.imported import MARK
from tests import shelf
from tests.samples import Site

Say = Callable[..., tuple[int, str]]
WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Blog de l’école</title><link>https://blog.ecole.example</link><language>fr-FR</language>
<wp:wxr_version>1.2</wp:wxr_version><generator>https://wordpress.org/?v=6.8</generator>
<item><title>Le jardin d’hiver</title><link>https://blog.ecole.example/2025/11/jardin/</link>
<pubDate>Fri, 14 Nov 2025 07:30:00 +0000</pubDate><dc:creator><![CDATA[mdurand]]></dc:creator>
<guid isPermaLink="false">https://blog.ecole.example/?p=12</guid>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>Nous avons <strong>semé</strong> des fèves &amp; des pois.</p>
<!-- /wp:paragraph -->
<!-- wp:image --><figure>
<img src="https://blog.ecole.example/wp-content/uploads/2025/11/semis-300x200.jpg" alt="Les semis"/></figure>
<p><img src="https://blog.ecole.example/wp-content/uploads/2025/11/absente.jpg" alt="Perdue"/></p>]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>12</wp:post_id><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
<category domain="category" nicename="jardin"><![CDATA[Jardin]]></category>
<wp:comment><wp:comment_id>3</wp:comment_id><wp:comment_author><![CDATA[Parent de Zoé]]></wp:comment_author>
<wp:comment_content><![CDATA[Bravo Zoé !]]></wp:comment_content></wp:comment></item>
<item><title>La chorale</title><link>https://blog.ecole.example/2024/06/chorale/</link>
<pubDate>Mon, 03 Jun 2024 10:00:00 +0000</pubDate><guid isPermaLink="false">https://blog.ecole.example/?p=8</guid>
<content:encoded><![CDATA[Une phrase.

Une autre.

[gallery ids="1,2"]
<iframe src="https://video.example/1"></iframe><script>alert(1)</script>]]></content:encoded>
<wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Photo</title><guid>https://blog.ecole.example/?attachment_id=9</guid><wp:status>inherit</wp:status>
<wp:post_type>attachment</wp:post_type></item>
<item><title>Réservé</title><guid>https://blog.ecole.example/?p=15</guid><wp:status>private</wp:status>
<content:encoded><![CDATA[<p>Secret des maîtres</p>]]></content:encoded><wp:post_type>post</wp:post_type></item>
<item><title>Mot de passe</title><guid>https://blog.ecole.example/?p=16</guid><wp:status>publish</wp:status>
<content:encoded><![CDATA[<p>Secret des maîtres</p>]]></content:encoded><wp:post_password>x</wp:post_password>
<wp:post_type>post</wp:post_type></item>
<item><title>Jeté</title><guid>https://blog.ecole.example/?p=17</guid><wp:status>trash</wp:status>
<wp:post_type>post</wp:post_type></item>
<item><title>Menu</title><guid>https://blog.ecole.example/?p=18</guid><wp:status>publish</wp:status>
<wp:post_type>nav_menu_item</wp:post_type></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><id>urn:b</id>
<updated>2025-01-01T00:00:00Z</updated>
<entry><title>Un défi</title><id>urn:b:1</id><updated>2025-03-02T08:00:00Z</updated><link href="https://b.example/1"/>
<content type="html">&lt;p&gt;Des énigmes.&lt;/p&gt;</content></entry></feed>"""


def picture(colour: str = "#2f6b3c", size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a small JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "Cour de récréation, 46.80 N"
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG", exif=exif, comment=b"canari")
    return kept.getvalue()


def booklet(path: Path, more: dict[str, bytes] | None = None) -> Path:
    """Write the export of a « cahier multimédia »: an index, pages in their order, pictures and a recording."""
    pages = {
        "index.html": "<html><head><title>Notre forêt</title></head><body><h1>Notre forêt</h1>"
        '<a href="pages/page-2.html">2</a><img src="media/arbre%20vert.jpg" alt="Un arbre"></body></html>',
        "pages/page-10.html": "<html><head><title>La fin</title></head><body><p>Dixième page.</p></body></html>",
        "pages/page-2.html": "<html><head><title>Les bruits</title></head><body><p>Écoutez.</p>"
        '<audio src="../media/vent.mp3"></audio><video src="../media/film.mp4"></video>'
        "<script>alert(1)</script></body></html>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, html in pages.items():
            made.writestr(name, html)
        made.writestr("media/arbre vert.jpg", picture())
        made.writestr("media/vent.mp3", b"ID3 un son")
        made.writestr("media/film.mp4", b"film")
        for name, data in (more or {}).items():
            made.writestr(name, data)
    return path


@pytest.fixture
def say(site: Site, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return what a call of ``importer`` ends with."""

    def call(*words: str) -> tuple[int, str]:
        places = ("--contenu", str(site.content), "--sortie", str(site.output), "--jour", "2026-11-23 12:00")
        with pytest.raises(SystemExit) as ended:
            main(["gazette", "importer", *words, *places])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out + captured.err

    return call


def drafts(site: Site) -> dict[str, str]:
    """Return the drafts that an import wrote, by path."""
    found = {p.relative_to(site.content).as_posix(): p.read_text("utf-8") for p in site.content.rglob("*.md")}
    return {path: text for path, text in found.items() if "\nid: import/" in text}


def uploads(folder: Path) -> Path:
    """Return a folder of uploads that holds the picture whole."""
    (folder / "uploads" / "2025" / "11").mkdir(parents=True)
    (folder / "uploads" / "2025" / "11" / "semis.jpg").write_bytes(picture())
    return folder / "uploads"


def test_a_wordpress_blog(site: Site, say: Say, tmp_path: Path):
    """Its articles are drafts, their pictures beside them, and the rest is told."""
    (tmp_path / "blog.xml").write_text(WXR, "utf-8")
    code, out = say(str(tmp_path / "blog.xml"), "--medias", str(uploads(tmp_path)))
    found = drafts(site)
    garden = found["actualites/2025-11-14-le-jardin-d-hiver/index.md"]
    choir = found["actualites/2024-06-03-la-chorale.md"]
    assert (0, 2) == (code, len(found))
    for words in (
        "Nous avons **semé** des fèves &amp; des pois.",
        "![Les semis](image-1.jpg)",
        "Perdue",
        "statut: brouillon",
    ):
        assert words in garden
    assert "Une phrase.\n\nUne autre." in choir
    for words in ("script", "iframe", "gallery", "Zoé", "mdurand", "Secret"):
        assert words not in garden + choir
    for told in (
        "absente.jpg",
        "1 × commentaire",
        "2 × article privé",
        "1 × article à la corbeille",
        "code(s) de WordPress",
        "lecteur vidéo",
    ):
        assert told in out
    kept = (site.content / "actualites/2025-11-14-le-jardin-d-hiver/image-1.jpg").read_bytes()
    assert (False, False) == (b"46.80" in kept, b"canari" in kept)


def post(content: str, slug: str = "sortie", number: int = 30, more: str = "") -> str:
    """Return an article of a WordPress export."""
    return (
        f"<item><title>{slug}</title><link>https://blog.ecole.example/2025/05/{slug}/</link>"
        f"<pubDate>Mon, 05 May 2025 10:00:00 +0000</pubDate>"
        f"<guid isPermaLink='false'>https://blog.ecole.example/?p={number}</guid>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}</item>"
    )


def medium(name: str, number: int, caption: str = "", parent: int = 0) -> str:
    """Return a medium of a WordPress export."""
    return (
        f"<item><title>{name}</title><wp:post_id>{number}</wp:post_id><wp:post_parent>{parent}</wp:post_parent>"
        f"<excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded><wp:post_type>attachment</wp:post_type>"
        f"<wp:attachment_url>https://blog.ecole.example/wp-content/uploads/2025/11/{name}</wp:attachment_url></item>"
    )


def imported(site: Site, say: Say, tmp_path: Path, *items: str) -> tuple[dict[str, str], str]:
    """Import an export of these items; return the drafts and what was told."""
    head = WXR[: WXR.index("<item>")]
    (tmp_path / "blog.xml").write_text(f"{head}{''.join(items)}</channel></rss>", "utf-8")
    media = tmp_path / "uploads"
    code, out = say(str(tmp_path / "blog.xml"), "--medias", str(media if media.exists() else uploads(tmp_path)))
    assert 0 == code
    return drafts(site), out


SEMIS = "https://blog.ecole.example/wp-content/uploads/2025/11/semis-300x200.jpg"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            f'[caption id="a_9" width="300"]<a href="x"><img src="{SEMIS}" alt="A" /></a> Les [jeunes] semis[/caption]',
            "![A](image-1.jpg)\n\n*Les \\[jeunes\\] semis*",
        ),
        (f'[caption caption="Dit &amp; fait"]<img src="{SEMIS}">[/caption]', "![](image-1.jpg)\n\n*Dit &amp; fait*"),
        (f'<a href="{SEMIS}"><img src="{SEMIS}" alt="A"></a>', "![A](image-1.jpg)"),
        ('[gallery columns="2" ids="71,72"]', "![](image-1.jpg)\n\n*En mai*\n\n![](image-2.jpg)"),
        ("[gallery]", "![](image-1.jpg)"),
        ("[embed]https://tube.example/w/abc[/embed]", "[tube.example](https://tube.example/w/abc)"),
        ("Avant.\n\nhttps://tube.example/w/abc\n\nAprès.", "Avant.\n\n[tube.example](https://tube.example/w/abc)\n\nAprès."),
        ('[audio mp3="https://blog.ecole.example/u/chant.mp3"][/audio]', "[chant.mp3](https://blog.ecole.example/u/chant.mp3)"),
        ("[youtube dQw4w9WgXcQ]", "[youtube.com](https://www.youtube.com/watch?v=dQw4w9WgXcQ)"),
        ('[vc_row][vc_column width="1/2"]Un texte.[/vc_column][/vc_row]', "Un texte."),
        ('Lire [contact-form-7 id="12" title="Contact [1]"] ici', "Lire ici"),
        ("Avant\n\nhttps://exa\u2100mple/\n\nAprès", "Avant\n\nhttps://exa\u2100mple/\n\nAprès"),
        ("[[gallery]] montre", "\\[gallery\\] montre"),
        *((f"Voir {word} ici.", f"Voir {word}".replace("[", "\\[").replace("]", "\\]") + " ici.") for word in (
            "[RES-12]", "[à suivre]", "[sic]", "[1]", "[…]", "[audio-guide]", "[video-projecteur]", "[gallery-2]"
        )),
    ],
)  # fmt: skip
def test_codes_of_wordpress_are_what_they_showed(site: Site, say: Say, tmp_path: Path, written: str, read: str):
    """The usual ones are converted, the rest goes without its brackets; words in brackets are no codes."""
    media = (medium("semis.jpg", 71, "En mai"), medium("semis.jpg", 72), medium("semis.jpg", 73, parent=30))
    found, _ = imported(site, say, tmp_path, post(written), *media)
    (text,) = found.values()
    assert read == text.partition("\n---\n\n")[2].strip()


def test_codes_that_have_no_equal_are_told_by_their_names(site: Site, say: Say, tmp_path: Path):
    """So that somebody looks for what they showed."""
    _, out = imported(site, say, tmp_path, post('[wpforms id="3"] [ma_carte lat=46 /] [gallery ids="99"]'))
    assert "code(s) de WordPress sans équivalent ôté(s) (gallery × 1, ma_carte × 1, wpforms × 1)" in out


def test_links_lead_to_drafts_or_nowhere(site: Site, say: Say, tmp_path: Path):
    """Between articles of the former blog, by address or number, of this run or the last; a dead one is words."""
    words = (
        '<p><a href="https://blog.ecole.example/2025/05/sortie/#photos">un</a> <a href="/?p=31">deux</a> '
        '<a href="#">trois</a> <a href="javascript:void(0)">quatre</a> <a href="">cinq</a> <a href="//">six</a> '
        '<a href="http://www.blog.ecole.example/2025/05/retour">sept</a> <a href="/2025/05/absent/">huit</a></p>'
    )
    imported(site, say, tmp_path, post("Une sortie."))
    retour = post(f'Retour. <img src="{SEMIS}" alt="A">', "retour", 31)
    found, _ = imported(site, say, tmp_path, post("Une sortie."), retour, post(words, "bilan", 32))
    there, kept = "2025-05-05-sortie.md", "2025-05-05-retour/index.md"
    expected = (
        f"[un]({there}) [deux]({kept}) trois quatre cinq six [sept]({kept}) "
        "[huit](https://blog.ecole.example/2025/05/absent/)"
    )
    assert expected == found["actualites/2025-05-05-bilan.md"].partition("\n---\n\n")[2].strip()
    assert [] == [f.code for f in site.read().findings if f.place.file in found and f.code == "LEC-24"]


def test_what_describes_a_lost_picture_is_not_glued_to_its_sentence(site: Site, say: Say, tmp_path: Path):
    """It is said to be a picture's, apart from the words around."""
    gone = '<img src="https://blog.ecole.example/wp-content/uploads/gone.jpg" alt="{}">'
    html = f"<p>Voici le plan{gone.format('La cour')}de l’école{gone.format('')}, puis {gone.format('Le préau')}.</p>"
    html += f"<p>{gone.format('Seule')}</p><p>Un<img src='data:x' alt='Deux'>trois</p>"
    found, _ = imported(site, say, tmp_path, post(html))
    (text,) = found.values()
    assert (
        "Voici le plan (image : La cour) de l’école, puis (image : Le préau).\n\n(image : Seule)\n\n"
        "Un (image : Deux) trois" == text.partition("\n---\n\n")[2].strip()
    )


def test_drafts_are_valid_and_hold_back(site: Site, say: Say, tmp_path: Path):
    """They read without a fault; nothing of them is printed before somebody answers for it."""
    (tmp_path / "blog.xml").write_text(WXR, "utf-8")
    say(str(tmp_path / "blog.xml"), "--medias", str(uploads(tmp_path)))
    found = site.read()
    ours = drafts(site)
    assert ([], {"brouillon"}) == (
        [f for f in found.findings if f.place.file in ours and f.severity > Severity.NOTE],
        {e.status for e in found.entries if e.path in ours},
    )


def test_a_second_run_doubles_nothing(site: Site, say: Say, tmp_path: Path):
    """Even once drafts were renamed, moved and corrected."""
    (tmp_path / "blog.xml").write_text(WXR, "utf-8")
    say(str(tmp_path / "blog.xml"))
    (site.content / "actualites/2024-06-03-la-chorale.md").rename(site.content / "projets/2024-06-03-chorales.md")
    site.change("projets/2024-06-03-chorales.md", "Une phrase.", "Deux phrases.")
    before = drafts(site)
    code, out = say(str(tmp_path / "blog.xml"), "--fil", "projets")
    assert (0, before, True) == (code, drafts(site), "0 brouillon(s)" in out and "2 déjà là" in out)


def test_an_archive_of_a_feed(site: Site, say: Say, tmp_path: Path):
    """Atom as well as RSS."""
    (tmp_path / "blog.atom").write_text(ATOM, "utf-8")
    say(str(tmp_path / "blog.atom"), "--auteur", "0869001S", "--fil", "projets")
    text = drafts(site)["projets/2025-03-02-un-defi.md"]
    assert ["auteur: 0869001S", "date: 2025-03-02 09:00", "Des énigmes."] == [
        words for words in ("auteur: 0869001S", "date: 2025-03-02 09:00", "Des énigmes.") if words in text
    ]


def test_a_booklet_of_the_ent(site: Site, say: Say, tmp_path: Path):
    """Its pages in people's order, its pictures and recordings beside; videos are told."""
    code, out = say(str(booklet(tmp_path / "cahier.zip")))
    folder = site.content / "actualites/2026-11-23-notre-foret"
    text = (folder / "index.md").read_text("utf-8")
    body = text.partition("\n---\n\n")[2]
    places = [body.index(words) for words in ("![Un arbre](image-1.jpg)", "Écoutez.", "Dixième page.")]
    assert (0, sorted(places), {"image-1.jpg", "index.md", "son-1.mp3"}, True) == (
        code,
        places,
        {p.name for p in folder.iterdir()},
        "film.mp4" in out and "fichier: son-1.mp3" in text,
    )


def test_a_booklet_becomes_a_page_of_a_shared_book(site: Site, say: Say, tmp_path: Path):
    """Signed by its school, in a folder of its own; once, and another class's stands beside it."""
    shelf.plant(site)
    words = ("--fil", shelf.BOOK, "--auteur", "0869001S", "--classe", "CE1 bleu")
    code, out = say(str(booklet(tmp_path / "cahier.zip")), *words)
    there, again = say(str(tmp_path / "cahier.zip"), *words)
    path = f"{shelf.BOOK}/contributions/0869001S-ce1-bleu/index.md"
    other, _ = say(str(booklet(tmp_path / "autre.zip")), *words)
    beside = f"{shelf.BOOK}/contributions/0869001S-ce1-bleu-notre-foret/index.md"
    pages = {e.path: e for e in site.read().entries if isinstance(e, Contribution)}
    mine = pages[path]
    assert (0, 0, 0, True, True) == (code, there, other, "1 brouillon(s)" in out, "1 déjà là" in again)
    assert ("0869001S", "CE1 bleu", "brouillon", True) == (
        mine.school,
        mine.class_name,
        mine.status,
        mine.is_pupil_work,
    )
    assert beside in pages


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--fil", "cahiers/le-jardi", "--auteur", "0869001S"), "vouliez-vous dire « cahiers/le-jardin »"),
        (("--fil", shelf.BOOK), "donnez son code UAI"),
    ],
)
def test_a_page_needs_its_book_and_its_school(site: Site, say: Say, tmp_path: Path, words: tuple[str, ...], told: str):
    """Nothing is written otherwise."""
    shelf.plant(site)
    code, out = say(str(booklet(tmp_path / "cahier.zip")), *words)
    assert (2, {}, True) == (code, drafts(site), told in out)


@pytest.mark.parametrize(
    "name", ["../../evasion.html", "/etc/evasion.html", "a\\..\\evasion.html", "pages/../../evasion.html"]
)
def test_a_member_goes_nowhere_else(site: Site, say: Say, tmp_path: Path, name: str):
    """Nothing is unpacked by its name, and the path is told."""
    code, out = say(str(booklet(tmp_path / "cahier.zip", {name: b"<p>mal</p>"})))
    assert (0, True, []) == (code, "chemin refusé" in out, list(tmp_path.parent.rglob("evasion*")))
    assert "mal" not in "".join(drafts(site).values())


def test_a_link_in_a_zip_is_refused(site: Site, say: Say, tmp_path: Path):
    """It would lead out of it."""
    path = booklet(tmp_path / "cahier.zip")
    info = zipfile.ZipInfo("pages/lien.html")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as made:
        made.writestr(info, "/etc/passwd")
    assert "chemin refusé" in say(str(path))[1]


def test_a_zip_bomb_is_told_and_costs_little(site: Site, say: Say, tmp_path: Path):
    """A page of a gigabyte of zeros is read as far as its limit."""
    path = booklet(tmp_path / "cahier.zip")
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as made,
        made.open("pages/page-3.html", "w", force_zip64=True) as page,
    ):
        for _ in range(64):
            page.write(bytes(1024 * 1024))
    code, out = say(str(path))
    assert (0, True, True) == (
        code,
        "trop gros une fois déplié" in out,
        "Dixième page." in "".join(drafts(site).values()),
    )


def test_too_many_members_are_refused(site: Site, say: Say, tmp_path: Path):
    """Nothing is written."""
    code, out = say(str(booklet(tmp_path / "cahier.zip", {f"a/{n}.txt": b"" for n in range(2001)})))
    assert (2, {}, True) == (code, drafts(site), "plus de 2000" in out)


def test_a_picture_that_is_none_is_told(site: Site, say: Say, tmp_path: Path):
    """Whatever its name: decoding decides."""
    hostile = {
        "media/x.jpg": b"<svg onload=alert(1)>",
        "pages/page-3.html": b'<p>Ici</p><img src="../media/x.jpg" alt="Piege">',
    }
    _, out = say(str(booklet(tmp_path / "cahier.zip", hostile)))
    assert ("image https" in out, 1) == (True, len(list(site.content.glob("actualites/*/image-*.jpg"))))


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss version="2.0"><channel/></rss>',
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>',
        b"PK\x03\x04 rien",
        b"PK" + struct.pack("<I", 0) * 20,
        b"<html><body>une page</body></html>",
        b"\x00\x01\x02",
        b"",
    ],
)
def test_what_is_no_archive_is_refused(site: Site, say: Say, tmp_path: Path, data: bytes):
    """In one sentence, with nothing written."""
    (tmp_path / "fichier").write_bytes(data)
    code, out = say(str(tmp_path / "fichier"))
    assert (2, {}, True) == (code, drafts(site), "Gazette s’arrête" in out and "root:" not in out)


@pytest.mark.parametrize(
    "words", [("absent.xml",), ("blog.xml", "--fil", "nulle-part"), ("blog.xml", "--medias", "absent")]
)
def test_a_call_that_cannot_be_is_refused(
    site: Site, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
):
    """It says what is missing."""
    (tmp_path / "blog.xml").write_text(WXR, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert (2, {}) == (say(*words)[0], drafts(site))


def test_uploads_are_not_left(site: Site, say: Say, tmp_path: Path):
    """An address that climbs finds nothing."""
    (tmp_path / "secret.jpg").write_bytes(picture())
    (tmp_path / "blog.xml").write_text(WXR.replace("2025/11/absente.jpg", "%2e%2e/secret.jpg"), "utf-8")
    folder = uploads(tmp_path)
    (folder / "absente.jpg").symlink_to(tmp_path / "secret.jpg")
    say(str(tmp_path / "blog.xml"), "--medias", str(folder))
    assert ["image-1.jpg"] == [p.name for p in site.content.glob("actualites/*/image-*.jpg") if "jardin-d" in str(p)]


def test_what_a_killed_run_left_is_thrown_away(site: Site, say: Say, tmp_path: Path):
    """And its article is written."""
    left = site.content / "actualites" / f"{MARK}abc"
    left.mkdir()
    (left / "index.md").write_text("---\nid: import/0123456789abcdef\n", "utf-8")
    (tmp_path / "blog.xml").write_text(WXR, "utf-8")
    say(str(tmp_path / "blog.xml"))
    assert (2, False) == (len(drafts(site)), left.exists())
