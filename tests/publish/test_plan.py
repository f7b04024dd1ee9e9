"""What publishing would do, from two manifests."""

from hypothesis import given
from hypothesis import strategies as st

from gazette.model.sheet import Manifest, Printed
from gazette.publish.plan import plan


def manifest(**files: str) -> Manifest:
    """Return a manifest of files by digest, each as long as its digest."""
    return Manifest("public", {path: Printed(digest, len(digest), "k") for path, digest in files.items()})


def test_a_fresh_target_gets_everything():
    """In order of path, with the bytes to send."""
    made = plan(manifest(b="22", a="1"), manifest())
    assert (("a", "b"), (), (), 3) == (made.uploads, made.keeps, made.deletes, made.size)


def test_what_is_there_already_is_kept():
    """By digest: neither its key nor its age counts."""
    live = Manifest("public", {"a": Printed("1", 1, "another key")})
    made = plan(manifest(a="1"), live)
    assert ((), ("a",), (), True) == (made.uploads, made.keeps, made.deletes, made.is_empty)


def test_what_is_no_more_is_deleted():
    """And nothing else."""
    made = plan(manifest(a="1"), manifest(a="1", b="2"))
    assert ((), ("a",), ("b",), False) == (made.uploads, made.keeps, made.deletes, made.is_empty)


def test_a_plan_is_told_in_the_words_of_the_report():
    """``envoyes, gardes, supprimes, octets`` (contract, section 1)."""
    made = plan(manifest(a="1", b="22", c="3"), manifest(a="1", b="9", d="4"))
    assert {"envoyes": 2, "gardes": 1, "supprimes": 1, "octets": 3} == made.as_json()


FILES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1", "22", "333"]))


@given(FILES, FILES)
def test_applying_a_plan_makes_the_target_the_build(build: dict[str, str], live: dict[str, str]):
    """Whatever was there."""
    made = plan(manifest(**build), manifest(**live))
    after = {p: d for p, d in live.items() if p not in made.deletes} | {p: build[p] for p in made.uploads}
    assert (build, build == live) == (after, made.is_empty)
