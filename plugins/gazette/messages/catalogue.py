"""Every message of Gazette, by code, as a page: what it may tell, and what it asks to do."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from gazette.messages.wording import HOLE, Wording, wordings
from gazette.newsdesk.health import OTHER
from gazette.rgpd.rulebook import CLAUSES

FAMILIES = {
    "LEC": "Ce qui est lu : en-têtes, valeurs, liens, dossiers, registres",
    "RGPD": "La porte : personnes, autorisations, accords (les règles : [regles.md](regles.md))",
    "AGD": "Les dates, au regard du calendrier scolaire",
    "CAH": "Les cahiers : ce qui manque à un livre qui va se clore",
    "CHF": "Les chiffres de donnees/",
    "OUT": "Les outils à revoir",
    "EPR": "Les épreuves : ce qui est relu après impression",
    "JET": "Les fils réservés, à jeton",
    "FOR": "La forge",
    "RES": "La relève : le réseau",
    "FLX": "La relève : les flux",
    "GIT": "La relève : les dépôts",
    "DOS": "La relève : les dossiers",
}
"""What the letters of a code name, in the order of the page."""
_READ_ELSEWHERE = {
    "LEC-42": Wording(
        (
            (("registre des décisions absent",), ("restaurez-le depuis git",)),
            (("registre des décisions illisible",), ("reprenez-le dans git",)),
        )
    )
}
"""Told by an error of the set-up, which reading makes a finding of."""
_HEAD = """# Les messages

Un message dit *où · quoi · que faire*, puis son code :

    content/actualites/2026-10-06-defi-maths.md:3:7 · date illisible « 6/10/26 » · écrivez date: 2026-10-06  [LEC-02]

« … » tient la place de ce qui dépend du fichier. Page écrite par `./gazette messages > docs/messages.md` ;
`./gazette messages LEC-02` n’en dit qu’un.
"""


@cache
def messages() -> dict[str, Wording]:
    """Return what each code may tell, and its remedies, by code in the order of the page."""
    found = dict(_READ_ELSEWHERE)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        for code, said in wordings(path.read_text("utf-8"), tuple(FAMILIES)).items():
            found[code] = found[code].joined(said) if code in found else said
    for clause in CLAUSES:
        said = found.get(clause.code, Wording())
        found[clause.code] = said if said.told else Wording((((clause.what,), (clause.remedy,)),))
        if not said.remedies:
            found[clause.code] = Wording(((found[clause.code].told, (clause.remedy,)),))
    order = list(FAMILIES)
    codes = sorted(found, key=lambda code: (order.index(code.partition("-")[0]), code))
    return {code: said if (said := found[code]).remedies else Wording(((said.told, (OTHER,)),)) for code in codes}


def page() -> str:
    """Return ``docs/messages.md``."""
    known, parts = messages(), [_HEAD]
    for family, title in FAMILIES.items():
        parts.append(f"\n## {title}\n")
        parts += ["\n" + entry(code, said) for code, said in known.items() if code.startswith(f"{family}-")]
    return "".join(parts)


def entry(code: str, said: Wording) -> str:
    """Return one code of the page: its messages, each with what to do about it."""
    lines = [f"### {code}\n\n"]
    for told, remedies in _merged(said):
        lines += [f"- {text}\n" for text in told]
        lines += [f"  - → {text}\n" for text in remedies]
    return "".join(lines)


def _merged(said: Wording) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the messages by their remedies: several that ask for the same stand together, and none stands twice.

    What one place tells without a remedy, or asks without words of its own, goes with the rest of its code.
    """
    remedies: dict[str, dict[str, None]] = {}
    loose = tuple(text for told, asked in said.cases if not told for text in asked)
    for told, asked in said.cases:
        for text in told:
            remedies.setdefault(text, {}).update(dict.fromkeys((*asked, *loose)))
    groups: dict[tuple[str, ...], list[str]] = {}
    for text, own in remedies.items():
        groups.setdefault(tuple(own) or said.remedies, []).append(text)
    return [(tuple(texts), own) for own, texts in groups.items()]


@cache
def patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return what the messages of each code look like once their holes are filled."""
    return {code: tuple(_pattern(text) for text in said.told) for code, said in messages().items()}


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in text.split(HOLE)), re.DOTALL)
