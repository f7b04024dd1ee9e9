"""What templates are given: small frozen values, already sorted, dated and linked; a module a page.

An ``href`` is relative to the edition's root (``actualites/defi-maths/``) or absolute (another edition, the web);
the ``lien`` filter makes it relative to the page. "" means « no page ».
"""
