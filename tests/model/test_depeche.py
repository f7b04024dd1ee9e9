"""A dépêche as a file."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gazette.model.depeche import Appointment, Depeche, Illustration, Provenance, accepted, provenance, waiting
from gazette.model.text import clean, clean_line
from gazette.read.worker import parse

LINE = st.text(max_size=60).map(clean_line)
ORIGIN = Provenance("https://ecole.example/flux.xml", 'W/"1"', "https://ecole.example/1", "tag:1", "2026-11-22", "e")
SAMPLE = Depeche(
    uai="0869001S",
    name="2026-11-20-semaine-du-gout",
    fil="actualites",
    title="Semaine du goût : « miam »",
    date="2026-11-20 08:30",
    summary="Une semaine.",
    body="Un *texte*.",
    origin=ORIGIN,
    levels=("CP", "CE1"),
    keywords=("cuisine", "a, b"),
    images=(Illustration("0a.jpg", "Une pomme", "La pomme"),),
    events=(Appointment("fete", "Fête", "2026-12-18 18:00", place="Préau"),),
)


def test_the_reader_reads_what_is_written():
    """The file is one of our own: the reading worker finds every key, as text, and no fault."""
    read = parse(SAMPLE.text().encode())
    facts = {
        "fil": "actualites",
        "titre": SAMPLE.title,
        "date": "2026-11-20 08:30",
        "resume": "Une semaine.",
        "auteur": "0869001S",
        "statut": "publie",
        "niveaux": ["CP", "CE1"],
        "mots_cles": ["cuisine", "a, b"],
        "images": [{"fichier": "0a.jpg", "alt": "Une pomme", "legende": "La pomme"}],
        "evenements": [{"titre": "Fête", "debut": "2026-12-18 18:00", "lieu": "Préau", "id": "fete"}],
        "origine": {
            "source": ORIGIN.source,
            "commit": 'W/"1"',
            "lien": ORIGIN.link,
            "id": "tag:1",
            "vu_le": "2026-11-22",
            "empreinte": "e",
        },
    }
    assert ([], facts) == (read["faults"], read["front"])


@given(LINE, LINE, LINE, st.text(max_size=200).map(clean))
def test_whatever_a_source_writes_its_origin_is_read_back(title: str, guid: str, link: str, body: str):
    """No title, id, link or text makes the origin unreadable, nor adds a key."""
    origin = replace(ORIGIN, id=guid, link=link)
    text = replace(SAMPLE, title=title, body=body, origin=origin).text()
    read = parse(text.encode())
    assert (origin, json.loads(json.dumps(title))) == (provenance(text), read["front"].get("titre", ""))


def test_an_origin_that_somebody_broke_is_told_missing():
    """Without its id nothing can be followed."""
    text = SAMPLE.text()
    assert [None, None, None] == [
        provenance(text.replace("  id: ", "  nom: ")),
        provenance(text.replace("origine:", "origines:")),
        provenance("Un texte.\n\norigine:\n  id: a\n"),
    ]


def test_what_is_judged_is_the_content_alone():
    """The digest follows every word that readers see, not where and when it was read."""
    changed = [replace(SAMPLE, **{key: "autre"}) for key in ("title", "date", "summary", "body")]
    changed += [replace(SAMPLE, images=()), replace(SAMPLE, events=()), replace(SAMPLE, levels=())]
    same = [replace(SAMPLE, origin=replace(ORIGIN, seen="2027-01-01")), replace(SAMPLE, uai="0869002T", fil="projets")]
    assert (8, {SAMPLE.digest}) == (
        len({SAMPLE.digest, *(d.digest for d in changed)}),
        {d.digest for d in same},
    )


def test_where_it_waits_and_where_it_stands():
    """One move accepts it."""
    assert ("depeches/attente/0869001S/a.md", "depeches/0869001S/a.md") == (
        waiting("0869001S", "a"),
        accepted("0869001S", "a"),
    )
