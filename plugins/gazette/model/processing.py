"""What the circonscription does with personal data: a record of its register (RGPD art. 30)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Processing:
    """One processing; a field left empty is told by the gate."""

    id: str
    """annuaire, medias, journaux, or another word."""
    purpose: str
    people: str
    """Categories of persons."""
    data: str
    """Categories of data."""
    recipients: str
    retention: str
    transfers: str
    """« aucun », or where to."""
    security: str
    line: int = 1
    """Of the register, where something is to be written."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the keys that say nothing."""
        told = {
            "finalite": self.purpose,
            "personnes": self.people,
            "donnees": self.data,
            "destinataires": self.recipients,
            "conservation": self.retention,
            "transferts": self.transfers,
            "securite": self.security,
        }
        return tuple(key for key, value in told.items() if not value)
