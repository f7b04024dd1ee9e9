"""Oracle O2 over random sites: what is printed with a withdrawn item is what is printed without it, byte for byte."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.build import build, withdraw
from gazette.pool import Pool
from gazette.withdraw import Request
from tests.plain import SETTINGS, digests
from tests.samples import CONTENT, Site

PICTURE = CONTENT / "actualites/2026-11-18-affiche/dessin.png"
FILS = ("actualites", "projets", "directeurs")
ENTRY = st.fixed_dictionaries(
    {
        "fil": st.sampled_from(FILS),
        "day": st.integers(1, 23),
        "words": st.lists(st.sampled_from(["lecture", "jardin", "défi", "robots"]), unique=True, max_size=3),
        "tools": st.booleans(),
        "school": st.booleans(),
        "due": st.booleans(),
        "event": st.booleans(),
        "pinned": st.booleans(),
        "picture": st.booleans(),
    }
)


def front(rank: int, facts: dict[str, object], *, has_picture: bool) -> str:
    """Return the text of a random entry, with its picture or without."""
    lines = [f"titre: Article {rank}", f"date: 2026-11-{facts['day']:02}", "statut: publie", f"resume: Résumé {rank}."]
    lines += [f"mots_cles: [{', '.join(map(str, facts['words']))}]"] if facts["words"] else []  # type: ignore[call-overload]
    lines += ["ecoles: [0869001S]"] if facts["school"] else []
    lines += [f"echeances: [{{libelle: Réponse {rank}, date: 2026-12-0{rank + 1}}}]"] if facts["due"] else []
    event = f"evenements: [{{id: e{rank}, titre: Réunion {rank}, debut: 2026-12-1{rank} 14:00}}]"
    lines += [event] if facts["event"] else []
    lines += ["epingle: 2026-12-31"] if facts["pinned"] else []
    lines += ["images: [{fichier: d.png, alt: Un dessin, personnes: aucune}]"] if has_picture else []
    return "---\n" + "\n".join(lines) + f"\n---\n\nTexte de l’article {rank}.\n"


@given(entries=st.lists(ENTRY, min_size=1, max_size=4), data=st.data())
def test_withdrawn_is_as_never_published(
    entries: list[dict[str, object]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, pool: Pool
):
    """An entry, or a picture of its own bytes: withdrawn after it was printed, then never there at all."""
    folder: Path = tmp_path_factory.mktemp("o2")
    site = Site(folder / "content", folder / "output", pool)
    shutil.copytree(CONTENT, site.content, ignore=shutil.ignore_patterns("20*"))  # random entries alone
    paths = [f"{facts['fil']}/2026-11-{facts['day']:02}-hasard-{rank}" for rank, facts in enumerate(entries)]
    for rank, (path, facts) in enumerate(zip(paths, entries, strict=True)):
        site.write(f"{path}/index.md", front(rank, facts, has_picture=bool(facts["picture"])))
        if facts["picture"]:
            site.write(f"{path}/d.png", PICTURE.read_bytes() + bytes([rank]))
    gone = data.draw(st.integers(0, len(entries) - 1))
    is_picture = bool(entries[gone]["picture"]) and data.draw(st.booleans())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_CONTENU", str(site.content))
        build(site.order(settings=SETTINGS), pool=pool)
        wanted = Request(file=f"{paths[gone]}/d.png") if is_picture else Request(entry=paths[gone])
        done = withdraw(site.order(settings=SETTINGS), wanted)
        assert not done.report.is_closed
        if is_picture:
            site.write(f"{paths[gone]}/index.md", front(gone, entries[gone], has_picture=False))
        else:
            shutil.rmtree(site.content / paths[gone])
        build(site.order(settings=SETTINGS, output=folder / "jamais"), pool=pool)
    assert digests(site.output) == digests(folder / "jamais")
    shutil.rmtree(folder)
