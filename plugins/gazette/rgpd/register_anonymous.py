"""The register of authorisations holds numbers and counts, no pupil's identity (rule R18; CNIL, minimisation)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Place, Severity
from gazette.rgpd.personal_data import permitted
from gazette.rgpd.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.case import Case

_KEY = re.compile(r"^[ \t-]*(nom|prenom|prénom|eleve|élève|date_naissance|ne_le|famille|ine)s?[ \t]*:", re.MULTILINE)


def register_anonymous(case: Case) -> Iterator[Finding]:
    """Refuse a record that names a pupil: the forms stay at school, the register counts them."""
    remedy = "ôtez l'identité : le formulaire signé reste à l'école, le registre ne tient que des nombres"
    for known in case.authorisations.values():
        file = f"registres/autorisations/{known.id}.yml"
        for found in _KEY.finditer(known.source):
            line = known.source.count("\n", 0, found.start(1)) + 1
            message = f"clé {found[1]}: qui nomme un élève"
            yield Finding("RGPD-18", Severity.REFUSE, Place(file, line), message, remedy)
        for datum in scan(known.source, permitted(case)):
            line = known.source.count("\n", 0, datum.start) + 1
            yield Finding("RGPD-18", Severity.REFUSE, Place(file, line), datum.what, remedy)
