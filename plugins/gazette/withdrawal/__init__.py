"""Withdrawn means gone: from what is printed, from every target and, on request, from the git history of a clone."""
