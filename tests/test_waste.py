"""Waste is not looked for while a build grows, and is again afterwards."""

import gc

import pytest

from gazette.waste import unsought


def test_waste_is_sought_again_however_it_ends():
    """Neither what was made nor what was raised leaves the collector off, nor anything frozen."""
    found = [gc.isenabled()]
    with unsought():
        found.append(gc.isenabled())
    with pytest.raises(ZeroDivisionError), unsought():
        found.append(1 / 0 > 0)
    assert ([True, False], True, 0) == (found, gc.isenabled(), gc.get_freeze_count())


def test_what_was_made_is_old_afterwards():
    """The next look at young objects goes through none of it."""
    with unsought():
        made = [[] for _ in range(100)]
    young = {id(one) for one in (*gc.get_objects(generation=0), *gc.get_objects(generation=1))}
    assert not young & {id(one) for one in made}
