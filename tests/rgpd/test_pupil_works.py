"""Tests of rgpd/pupil_works.py: no open licence gives a work of pupils."""

from dataclasses import replace

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.pupil_works import pupil_works
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom


@pytest.mark.parametrize("licence", ["etalab-2.0", "Licence Ouverte 2.0", "CC BY-SA 4.0", "domaine public"])
def test_an_open_licence_is_refused(licence: str):
    """For a work of pupils; another picture may bear one."""
    work = replace(sample_image(), licence=licence, is_pupil_work=True)
    found = [
        [f.code for f in pupil_works(sample_entry(images=(image,)), Case(sample_newsroom(), NOW, {}))]
        for image in (work, replace(work, is_pupil_work=False))
    ]
    assert [["RGPD-23"], []] == found


@pytest.mark.parametrize("licence", ["", "tous droits réservés", "ouverte seulement à la famille"])
def test_another_licence_is_lawful(licence: str):
    """None, or one that keeps it to its author."""
    work = replace(sample_image(), licence=licence, is_pupil_work=True)
    assert [] == list(pupil_works(sample_entry(images=(work,)), Case(sample_newsroom(), NOW, {})))
