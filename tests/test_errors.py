"""Tests of errors.py: what the system refuses is told in French."""

import errno
import os

from gazette.errors import why


def test_what_the_system_refuses_is_told_in_french():
    """As it names it where we have no word, and by its kind where it says nothing."""
    refused = [OSError(number, os.strerror(number)) for number in (errno.ENOSPC, errno.EROFS, errno.EACCES)]
    assert ["disque plein", "disque en lecture seule", "droits insuffisants"] == [why(error) for error in refused]
    assert os.strerror(errno.EXDEV) == why(OSError(errno.EXDEV, os.strerror(errno.EXDEV)))
    assert "ConnectionError" == why(ConnectionError())
