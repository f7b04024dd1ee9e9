"""Tests of write/rename.py: the same entry under another name, and nobody's link dies."""

import pytest

from gazette.compose.desk import address
from gazette.errors import ConfigurationError
from gazette.model.entry import Entry
from gazette.write.rename import Renamed, entry_at, rename
from tests.samples import Site


def entry(site: Site, path: str) -> Entry:
    """Return the entry of that path."""
    return next(e for e in site.read().entries if e.path == path)


def renamed(site: Site, path: str, wanted: str) -> tuple[Renamed, Entry]:
    """Rename and read again."""
    entries = site.read().entries
    found = next(e for e in entries if e.path == path)
    done = rename(site.content, site.newsroom(), entries, found, wanted)
    return done, entry(site, done.path)


def test_a_renamed_entry_keeps_who_it_is_and_its_former_address_leads_to_it(site: Site):
    """Feeds and calendars know it by its id; favourites by its address."""
    before = entry(site, "actualites/2026-09-15-fluence.md")
    done, after = renamed(site, before.path, "Lire vite, lire bien")
    found = (done.path, after.id, address(after), after.former_addresses, after.title)
    expected = (
        "actualites/2026-09-15-lire-vite-lire-bien.md",
        before.id,
        "actualites/lire-vite-lire-bien/",
        ("actualites/fluence",),
        before.title,
    )
    assert expected == found
    assert not (site.content / before.path).exists()


def test_renamed_twice_and_back_no_address_leads_to_itself(site: Site):
    """Each former address once, never the present one."""
    done, _ = renamed(site, "actualites/2026-09-15-fluence.md", "deux")
    done, _ = renamed(site, done.path, "trois")
    done, after = renamed(site, done.path, "fluence")
    assert ("actualites/2026-09-15-fluence.md", {"actualites/deux", "actualites/trois"}) == (
        done.path,
        set(after.former_addresses),
    )


def test_links_of_others_follow_and_words_that_look_alike_stay(site: Site):
    """Inline, with an anchor, by reference and encoded; a word of the text is no link."""
    text = (
        "---\ntitre: Liens\ndate: 2026-11-20\nstatut: publie\nauteur: cpc\nresume: Des liens.\n---\n\n"
        "[un](2026-09-15-fluence.md) [deux](../actualites/2026-09-15-fluence.md#partie 'titre') [trois][t]\n"
        "Le fichier x2026-09-15-fluence.md reste.\n\n[t]: <../actualites/2026-09-15-fluence.md>\n"
    )
    site.write("actualites/2026-11-20-liens.md", text)
    done, _ = renamed(site, "actualites/2026-09-15-fluence.md", "lire")
    after = (site.content / "actualites/2026-11-20-liens.md").read_text("utf-8")
    expected = text.replace("(2026-09-15-fluence.md)", "(2026-09-15-lire.md)")
    expected = expected.replace("(../actualites/2026-09-15-fluence.md#", "(2026-09-15-lire.md#")
    expected = expected.replace("<../actualites/2026-09-15-fluence.md>", "<2026-09-15-lire.md>")
    followed = ("actualites/2026-11-16-rased.md", "actualites/2026-11-20-liens.md")
    assert (followed, expected) == (done.links, after)
    told = [f.message for f in site.findings("actualites/2026-11-20-liens.md")]
    assert [] == [message for message in told if "fichier absent" in message]


def test_a_folder_moves_with_its_pictures(site: Site):
    """An entry with media is a folder."""
    done, after = renamed(site, "actualites/2026-11-13-jardin/index.md", "potager")
    found = (done.path, [m.path.rpartition("/")[0] for m in after.media])
    folder = "actualites/2026-11-13-potager"
    assert (f"{folder}/index.md", [folder, folder]) == found


def test_a_text_moved_to_a_more_open_fil_stays_reserved(site: Site):
    """A note to directors does not become public by a change of folder."""
    site.change(
        "circonscription.yml", "  projets:", "  divers:\n    titre: Divers\n    genre: info_direction\n  projets:"
    )
    done, after = renamed(site, "directeurs/2026-09-02-evaluations.md", "divers/evaluations")
    expected = ("divers/2026-09-02-evaluations.md", "directeurs", "Directeurs")
    assert expected == (done.path, after.audience.name, done.kept_audience)


def test_an_event_has_no_address_of_its_own(site: Site):
    """Its identity is all that calendars know."""
    before = entry(site, "evenements/2026-11-24-cross-des-ecoles.md")
    _, after = renamed(site, before.path, "cross")
    assert (before.id, before.events[0].id, ()) == (after.id, after.events[0].id, after.former_addresses)


@pytest.mark.parametrize(
    ("path", "wanted", "told"),
    [
        ("actualites/2026-09-15-fluence.md", "2026-11-10-carnet-de-classe", "déjà pris"),
        ("actualites/2026-09-15-fluence.md", "page", "réservée"),
        ("actualites/2026-09-15-fluence.md", "2026-2027", "réservée"),
        ("actualites/2026-09-15-fluence.md", "projets/x", "ne peut aller"),
        ("actualites/2026-09-15-fluence.md", "../../etc/x", "ne peut aller"),
        ("actualites/2026-09-15-fluence.md", "…", "au moins une lettre"),
        ("pages/la-circonscription.md", "frise", "réservée"),
        ("ecoles/0869001S.md", "marronniers", "code UAI"),
    ],
)
def test_a_name_that_cannot_be_is_told_and_nothing_moves(site: Site, path: str, wanted: str, told: str):
    """The set-up is as it was."""
    before = {p: p.read_bytes() for p in site.content.rglob("*.md")}
    with pytest.raises(ConfigurationError, match=told):
        renamed(site, path, wanted)
    assert before == {p: p.read_bytes() for p in site.content.rglob("*.md")}


def test_a_file_is_named_from_here_or_from_the_content(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Full path, path in content/, folder of an entry; a slip is answered by what it may be."""
    entries = site.read().entries
    monkeypatch.chdir(site.content)
    names = ("actualites/2026-11-13-jardin", str(site.content / "actualites/2026-11-13-jardin/index.md"))
    assert {"actualites/2026-11-13-jardin/index.md"} == {entry_at(entries, site.content, n).path for n in names}
    for name in ("actualites/2026-09-15-fluences.md", "2026-09-15-fluence.md", "2026-09-15-fluence"):
        with pytest.raises(ConfigurationError, match=r"vouliez-vous dire « actualites/2026-09-15-fluence\.md »"):
            entry_at(entries, site.content, name)
    with pytest.raises(ConfigurationError, match=r"donnez son chemin à partir de content/, par exemple actualites/"):
        entry_at(entries, site.content, "zz.md")
    site.write("actualites/2026-11-21-brise.md", "---\ntitre: [\n---\n")
    with pytest.raises(ConfigurationError, match="c’est un dossier, et non un texte"):
        entry_at(entries, site.content, "actualites")
    with pytest.raises(ConfigurationError, match="illisible"):
        entry_at(site.read().entries, site.content, "actualites/2026-11-21-brise.md")
