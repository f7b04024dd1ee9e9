"""Rates as French writes them, and as bars of a chart."""

from __future__ import annotations

from gazette.compose.views.deployment import Bar
from gazette.model.typography import NO_BREAK, THIN

LETTERS = 44
"""Characters of a label that fit above a bar on a telephone."""


def rate_fr(rate: float) -> str:
    """Return « 66,7 % », « 100 % »."""
    text = f"{rate:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}{NO_BREAK}%"


def counted(count: int, one: str, many: str) -> str:
    """Return « 1 école », « 38 940 élèves »."""
    return f"{_grouped(count)}{NO_BREAK}{many if count > 1 else one}"


def euros(amount: str, each: str) -> str:
    """Return « 1,62 € HT par élève », « 1 045 € HT par école », or ""."""
    if not amount:
        return ""
    whole, _, cents = amount.replace(",", ".").partition(".")
    text = (_grouped(int(whole)) if whole.isdigit() else whole) + (f",{cents}" if cents.strip("0") else "")
    return f"{text}{NO_BREAK}€ HT par {each}"


def _grouped(count: int) -> str:
    """Return « 38 940 »."""
    return f"{count:,}".replace(",", THIN)


def bar(label: str, rate: float) -> Bar:
    """Return a line of a chart."""
    short = label if len(label) <= LETTERS else f"{label[: LETTERS - 1].rstrip()}…"
    return Bar(short, rate_fr(rate), round(rate, 1))
