"""Tests of rgpd/transcribed.py: what is heard can be read."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.transcribed import transcribed
from tests.samples import NOW, sample_entry, sample_newsroom, sample_sound


@pytest.mark.parametrize(("transcript", "codes"), [("Il était une fois.", []), ("", ["RGPD-46"])])
def test_a_sound_has_its_words(transcript: str, codes: list[str]):
    """Without them the entry is refused."""
    entry = sample_entry(sounds=(sample_sound(transcript=transcript),))
    assert codes == [f.code for f in transcribed(entry, Case(sample_newsroom(), NOW, {}))]
