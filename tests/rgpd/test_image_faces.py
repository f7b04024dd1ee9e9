"""Tests of rgpd/image_faces.py: a face where nobody is said to be is refused until a human explains it."""

import pytest

from gazette.model.media import Face, Look, Measure
from gazette.rgpd.case import Case
from gazette.rgpd.image_faces import image_faces, unseen
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom

DIGEST = "3f9a2c41" + "0" * 56
FACE = Face(0.1, 0.1, 0.1, 0.1)
SEEN = Look((FACE, Face(0.6, 0.5, 0.1, 0.1)))


def case(look: Look | None, height: int = 1000) -> Case:
    """Return a build in which the picture, 1600 wide, was seen so."""
    looks = {} if look is None else {DIGEST: look}
    return Case(sample_newsroom(), NOW, {DIGEST: Measure(1600, height)}, looks=looks)


def told(look: Look | None, height: int = 1000, **facts: object) -> list[tuple[str, str]]:
    """Return code and severity."""
    entry = sample_entry(images=(sample_image(**({"digest": DIGEST} | facts)),))
    return [(f.code, f.severity.label) for f in image_faces(entry, case(look, height))]


@pytest.mark.parametrize(
    ("look", "facts", "expected"),
    [
        (SEEN, {}, [("RGPD-11", "refus")]),
        (Look(()), {}, []),
        (None, {}, []),
        (Look((), "trop lourde"), {}, [("RGPD-11", "refus")]),
        (SEEN, {"faces_checked": "3f9a2c41"}, []),
        (Look((), "trop lourde"), {"faces_checked": "3f9a2c41"}, []),
        (SEEN, {"faces_checked": "3f9a2c4"}, [("RGPD-11", "refus")]),
        (SEEN, {"faces_checked": "oui"}, [("RGPD-11", "refus")]),
        (SEEN, {"faces_checked": DIGEST}, [("RGPD-11", "refus")]),
        (SEEN, {"people": "adultes"}, []),
        (SEEN, {"people": "eleves"}, []),
        (SEEN, {"people": ""}, []),
        (SEEN, {"people": "non_identifiables"}, [("RGPD-11", "refus")]),
        (SEEN, {"people": "non_identifiables", "faces_checked": "3f9a2c41"}, []),
        (Look(()), {"people": "non_identifiables"}, []),
        (Look((), "trop lourde"), {"people": "non_identifiables"}, [("RGPD-11", "refus")]),
    ],
)
def test_a_face_is_explained_by_a_human(look: Look | None, facts: dict[str, str], expected: list[tuple[str, str]]):
    """Who is in it is declared, or somebody looked at this very file and signed it."""
    assert expected == told(look, **facts)


@pytest.mark.parametrize(("height", "expected"), [(299, []), (300, [("RGPD-11", "refus")])])
def test_a_small_face_is_recognised_by_nobody(height: int, expected: list[tuple[str, str]]):
    """Under thirty printed pixels, those who are said not to be identifiable are not."""
    assert expected == told(SEEN, height, people="non_identifiables")


def test_a_wide_picture_is_printed_smaller():
    """What counts is the size in the widest printed file, not in the original."""
    entry = sample_entry(images=(sample_image(digest=DIGEST, people="non_identifiables"),))
    looks = {DIGEST: Look((FACE,))}
    found = [
        len(list(image_faces(entry, Case(sample_newsroom(), NOW, {DIGEST: Measure(width, 400)}, looks=looks))))
        for width in (1600, 3200)
    ]
    assert [1, 0] == found


def test_an_author_is_told_what_was_seen_and_what_to_write():
    """Where, what, and three ways out; the seal is that of the file."""
    entry = sample_entry(images=(sample_image(digest=DIGEST),))
    [finding] = image_faces(entry, case(SEEN))
    remedy = (
        "dites qui y paraît (personnes:), ou floutez : ./gazette flouter actualites/dessin.png ; "
        "si aucun n'est celui d'une personne (dessin, statue, affiche), écrivez visages_verifies: 3f9a2c41"
    )
    message = "image « dessin.png » déclarée sans personne, mais on y voit 2 visages (en haut à gauche, au centre)"
    assert (message, remedy) == (finding.message, finding.remedy)


def test_what_nobody_looked_at_is_counted():
    """Once for a file that two entries show; not what is declared, nor signed."""
    images = [{"digest": "a"}, {"digest": "a"}, {"digest": "b", "people": "non_identifiables"}]
    images += [{"digest": "c", "people": "eleves"}, {"digest": DIGEST}, {"digest": ""}]
    images += [{"digest": "d" * 64, "faces_checked": "d" * 8}]
    entries = [sample_entry(images=(sample_image(**facts),)) for facts in images]
    assert 2 == unseen(entries, case(SEEN))
