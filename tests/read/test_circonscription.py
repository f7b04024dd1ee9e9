"""Tests of read/circonscription.py: a configuration error is one line that says where and what to do."""

import pytest

from gazette.errors import ConfigurationError
from gazette.model.newsroom import TokenFeeds
from gazette.read import newsroom
from tests.samples import Site, sample_newsroom

FILE = "circonscription.yml"


def told(site: Site) -> list[str]:
    """Return the lines of the error, without the path of the copied folder."""
    with pytest.raises(ConfigurationError) as caught:
        site.newsroom()
    return str(caught.value).replace(f"{site.content}/", "").split("\n")


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            "devise: Un fil",
            "devize: Un fil",
            "circonscription.yml:5:9 · clé inconnue « devize » · vouliez-vous dire « devise » ?  [LEC-08]",
        ),
        (
            "zone: A",
            "zone: D",
            "circonscription.yml:8:7 · zone : valeur inconnue « D » · choisissez parmi : A, B, C  [LEC-09]",
        ),
        (
            "nom: Sourcelle\n",
            "",
            "circonscription.yml:2:1 · clé obligatoire absente : nom · ajoutez une ligne nom:  [LEC-07]",
        ),
        (
            "    genre: projet",
            "    genre: projets",
            (
                "circonscription.yml:29:12 · fils, projets, genre : valeur inconnue « projets » · "
                "vouliez-vous dire « projet » ?  [LEC-09]"
            ),
        ),
        (
            '"https://sourcelle.example/"',
            "sourcelle.example",
            (
                "circonscription.yml:11:48 · editions n° 1, adresse : adresse illisible « sourcelle.example » · "
                "écrivez l'adresse entière, avec https://  [LEC-09]"
            ),
        ),
        (
            "directeur_verifie_le: 2026-09-01",
            "directeur_verifie_le: 1/9/2026",
            (
                "circonscription.yml:60:25 · date illisible « 1/9/2026 » · "
                "écrivez directeur_verifie_le: 2026-09-01  [LEC-02]"
            ),
        ),
        (
            "zone: A",
            "zone: A\nzone: B",
            "circonscription.yml:9:1 · clé « zone » écrite deux fois · gardez-en une seule",
        ),
        (
            "zone: A",
            "zone: [A",
            (
                "circonscription.yml:8:7 · crochet ou accolade ouvert ici et jamais refermé · "
                "refermez-le à la fin de la liste"
            ),
        ),
        (
            "zone: A",
            "zone: &a A",
            "circonscription.yml:8:7 · valeur qui commence par & ou * · mettez-la entre guillemets",
        ),
        (
            "plancher: directeurs",
            "plancher: directrices",
            (
                "circonscription.yml · fil directeurs : plancher inconnu « directrices » · "
                "choisissez parmi : public, enseignants, directeurs"
            ),
        ),
        (
            "approuve_par: [ien]",
            "approuve_par: [dasen]",
            (
                "circonscription.yml · fil directeurs : rôle inconnu « dasen » · "
                "ajoutez-le à roles: ou corrigez approuve_par:"
            ),
        ),
        (
            "nom: enseignants, titre",
            "nom: public, titre",
            "circonscription.yml · editions : nom répété « public » · donnez à chaque édition le sien",
        ),
        (
            '"https://enseignants.sourcelle.example/"',
            '"https://SOURCELLE.example"',
            (
                "circonscription.yml · editions : adresse répété « https://sourcelle.example/ » · "
                "donnez à chaque édition le sien"
            ),
        ),
        (
            "  projets:\n",
            "  frise:\n",
            "circonscription.yml · fil « frise » : nom réservé ou illisible · choisissez un autre mot en a-z, 0-9 et -",
        ),
        (
            "  projets:\n",
            "  Projets d’été:\n",
            (
                "circonscription.yml · fil « Projets d’été » : nom réservé ou illisible · "
                "choisissez un autre mot en a-z, 0-9 et -"
            ),
        ),
        (
            "  projets:\n",
            "  enseignants:\n",
            (
                "circonscription.yml · fil « enseignants » : nom réservé ou illisible · "
                "choisissez un autre mot en a-z, 0-9 et -"
            ),
        ),
    ],
)
def test_each_mistake_is_told_on_one_line(site: Site, before: str, after: str, line: str):
    """Where it is, what is wrong, what to write."""
    site.change(FILE, before, after)
    assert [line] == told(site)


def test_every_mistake_is_told_at_once(site: Site):
    """Whoever sets a circonscription up does not mend it error by error."""
    site.change(FILE, "zone: A", "zone: D")
    site.change(FILE, "devise:", "devize:")
    assert [":5:9", ":8:7"] == sorted(line.removeprefix(FILE)[:4] for line in told(site))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (None, "circonscription.yml : fichier introuvable ou illisible ; une circonscription commence par lui"),
        ("nom: Été".encode("cp1252"), "circonscription.yml : enregistrez ce fichier en UTF-8"),
        (b"# " + b"x" * 300_000, "circonscription.yml : fichier trop long"),
        (
            b"- a\n",
            "circonscription.yml:1:1 · l'en-tête n'est pas une liste de clés · écrivez une clé par ligne : titre: …",
        ),
    ],
)
def test_a_file_that_is_none_is_told(site: Site, data: bytes | None, line: str):
    """Absent, of another encoding, huge or no list of keys: one sentence, no traceback."""
    path = site.content / FILE
    path.unlink() if data is None else path.write_bytes(data)
    assert [line] == told(site)


def test_editions_go_from_the_most_open_to_the_most_restricted():
    """Each sees what the more open ones hold, and no more."""
    audiences = sample_newsroom().audiences
    seen = {a.name: [b.name for b in audiences if a.may_read(b)] for a in audiences}
    expected = {
        "public": ["public"],
        "enseignants": ["public", "enseignants"],
        "directeurs": ["public", "enseignants", "directeurs"],
    }
    assert expected == seen


def test_fils_come_in_their_order_and_the_weekly_tool_last():
    """The menu follows the file; « outils » is there without being declared."""
    fils = [(f.name, f.kind, f.floor.name, f.short_title) for f in sample_newsroom().fils]
    assert [
        ("actualites", "actualite", "public", "Actualités"),
        ("projets", "projet", "public", "Projets"),
        ("directeurs", "info_direction", "directeurs", "Infos directeurs"),
        ("outils", "outil", "public", "L’outil de la semaine"),
    ] == fils


def test_every_circonscription_has_the_usual_roles(site: Site):
    """``roles:`` adds to them and may rename them."""
    site.change(FILE, "roles:\n", "roles:\n  referent: {libelle: Le référent}\n")
    roles = {role.name: role.label for role in site.newsroom().roles}
    assert {"ien", "cpc", "erun", "rased", "equipe", "direction", "referent"} == set(roles)


def test_an_address_ends_in_a_slash(site: Site):
    """Addresses are put together by adding to it."""
    site.change(FILE, '"https://sourcelle.example/"', '"https://sourcelle.example"')
    assert "https://sourcelle.example/" == site.newsroom().audiences[0].address


def test_an_empty_value_is_a_missing_one(site: Site):
    """What was left blank in the model of the file is no error: the gate decides what the law requires."""
    site.change(FILE, "hebergeur_telephone: 05 99 00 00 01", "hebergeur_telephone:")
    assert "" == site.newsroom().legal.host_phone


def test_the_digest_follows_the_file(site: Site):
    """Any change of the file changes what every page is made of."""
    before = site.newsroom().digest
    site.change(FILE, "devise: Un fil", "devise: Le fil")
    assert before != site.newsroom().digest


@pytest.mark.parametrize("value", ["", '""', "null"])
def test_a_floor_left_empty_never_opens_a_fil(site: Site, value: str):
    """An empty ``plancher:`` is an error: its fil would else be everybody's."""
    path = site.content / "circonscription.yml"
    text = path.read_text("utf-8")
    assert "plancher: directeurs" in text
    path.write_text(text.replace("plancher: directeurs", f"plancher: {value}"), "utf-8")
    with pytest.raises(ConfigurationError, match="plancher: est resté vide"):
        newsroom(site.content)


def test_an_edition_may_have_token_feeds(site: Site):
    """On one line or several; ``oui`` and ``true`` are the same; an address ends in a slash."""
    site.open_tokens()
    found = {a.name: a.token_feeds for a in site.newsroom().audiences}
    teachers, directors = (TokenFeeds(1, f"https://fils.sourcelle.example/{x}/") for x in "ed")
    assert {"public": None, "enseignants": teachers, "directeurs": directors} == found


def test_token_feeds_that_are_off_are_none(site: Site):
    """``actif: false`` keeps the rest for the day they are on again."""
    site.open_tokens()
    site.change(FILE, "actif: oui", "actif: non")
    assert [None] == [a.token_feeds for a in site.newsroom().audiences if a.name == "directeurs"]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            'adresse: "https://sourcelle.example/"',
            'adresse: "https://sourcelle.example/", jeton: {actif: true, adresse: "https://f.example/"}',
            "circonscription.yml · édition public : jeton: inutile, tout le monde la lit · retirez cette clé",
        ),
        (
            "nom: enseignants, titre",
            "nom: public-jeton, titre",
            (
                "circonscription.yml · édition « public-jeton » : « -jeton » est réservé aux fils à jeton · "
                "choisissez un autre nom"
            ),
        ),
        (
            "https://fils.sourcelle.example/d",
            "https://fils.sourcelle.example/E/",
            (
                "circonscription.yml · editions : adresse répété « https://fils.sourcelle.example/e/ » · "
                "donnez à chaque édition le sien"
            ),
        ),
        (
            "      actif: oui\n",
            "",
            (
                "circonscription.yml:16:5 · clé obligatoire absente : editions n° 3, jeton, actif · "
                "ajoutez une ligne actif:  [LEC-07]"
            ),
        ),
        (
            "      serie: 1 ",
            "      serie: 0 ",
            "circonscription.yml:18:14 · editions n° 3, jeton, serie : nombre trop petit « 0 » · au moins 1  [LEC-09]",
        ),
    ],
)
def test_token_feeds_that_guard_nothing_are_refused(site: Site, before: str, after: str, line: str):
    """Of the edition that everybody reads, under another's name, at another's address, without saying whether."""
    site.open_tokens()
    site.change(FILE, before, after)
    assert [line] == told(site)
