"""A page made to be printed on A4 and read without a network: forms, registers, reports; never published."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote

from gazette.errors import ConfigurationError
from gazette.model.typography import french

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RELEASES = ".gazette/editions"
"""In a folder that is published to: what stands in it is served."""
_PAGE = Template("""\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex, noarchive">
<title>$title</title>
<style>
@page { size: A4; margin: 10mm 16mm 11mm;
  @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt } }
:root { --papier: #fff; --encre: #111; --trait: #555; --lavis: #eee }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --papier: #131726; --encre: #ece8dd; --trait: #8f97b8; --lavis: #272d40 }
  a { color: #9db7ff }
}
* { box-sizing: border-box }
body { max-width: 178mm; margin: 0 auto; padding: 4mm; font: 9.5pt/1.35 "Liberation Sans", Arial, Helvetica, sans-serif;
  color: var(--encre); background: var(--papier); overflow-wrap: break-word }
.tete { border-bottom: 1.5pt solid var(--encre); padding-bottom: 2mm; margin: 0; display: flex; gap: 6mm;
  justify-content: space-between }
h1 { font-size: 16pt; line-height: 1.2; margin: 3mm 0 2mm }
h2 { font-size: 11.5pt; margin: 3mm 0 1mm; break-after: avoid }
p, ul, dl { margin: 0 0 2mm } ul { padding-left: 6mm }
table { border-collapse: collapse; width: 100%; margin-bottom: 2mm }
th, td { border: .6pt solid var(--trait); padding: 1.2mm 2mm; text-align: left; vertical-align: top }
tbody th { overflow-wrap: anywhere; min-width: 30mm }
td { overflow-wrap: anywhere; min-width: 25mm }
thead th { background: var(--lavis) }
tr, .signatures > div { break-inside: avoid } thead, caption { break-after: avoid }
caption { text-align: left; font-weight: bold; padding-bottom: 1mm }
.case { display: inline-block; width: 3.4mm; height: 3.4mm; border: .8pt solid var(--encre); margin: 0 1mm 0 2mm;
  vertical-align: -.4mm }
.trait { display: inline-block; border-bottom: .6pt solid var(--trait); width: 100%; height: 4.5mm }
.ligne { display: flex; flex-wrap: wrap; gap: 1mm 2mm; align-items: end } .ligne .trait { flex: 1; min-width: 30mm }
.trait.court, .ligne .trait.court { flex: none; width: 30mm }
strong { white-space: nowrap }
.signatures { display: grid; margin-bottom: 1mm;
  grid-template-columns: repeat(auto-fit, minmax(52mm, 1fr)); gap: 3mm }
.signatures > div { border: .6pt solid var(--trait); padding: 1mm 2mm; min-height: 22mm }
.signatures .trait { width: 30mm; height: 4.5mm }
.pied { margin-top: 3mm; border-top: .6pt solid var(--trait); padding-top: 1.5mm; font-size: 8.5pt }
@media (max-width: 40rem) { thead { display: none } tr, th, td, .tete { display: block; width: auto }
  .tete > * { display: block } }
@media print { body { padding: 0; max-width: none } * { print-color-adjust: exact } }
</style>
</head>
<body>
<header class="tete"><span>$circonscription</span><strong>$mark</strong></header>
<main>
<h1>$title</h1>
$body
</main>
<footer class="pied">$foot</footer>
</body>
</html>
""")


@dataclass(frozen=True, slots=True)
class Link:
    """Plain words that lead somewhere."""

    words: str
    address: str


def text(words: str | Link) -> str:
    """Return plain words as HTML, in French typography, and where they lead."""
    if isinstance(words, Link):
        return f'<a href="{escape(quote(words.address))}">{text(words.words)}</a>'
    return escape(french(words))


def page(title: str, circonscription: str, mark: str, body: str, foot: str) -> str:
    """Return the whole page; ``body`` is HTML, all else plain words."""
    facts = {"title": title, "circonscription": circonscription, "mark": mark, "foot": foot}
    return _PAGE.substitute({name: text(words) for name, words in facts.items()}, body=body)


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str | Link]], none: str = "Rien.") -> str:
    """Return a table of plain words whose first cell heads its row, or one sentence when it would be empty."""
    body = "\n".join(
        f"<tr><th scope=row>{text(row[0])}</th>{''.join(f'<td>{text(cell)}</td>' for cell in row[1:])}</tr>"
        for row in rows
    )
    if not body:
        return f"<p>{text(none)}</p>"
    cells = "".join(f"<th scope=col>{text(head)}</th>" for head in heads)
    top = f"<thead><tr>{cells}</tr></thead>" if any(heads) else ""
    return f"<table><caption>{text(caption)}</caption>{top}<tbody>\n{body}\n</tbody></table>"


def check_paper(target: str, *published: Path) -> None:
    """Refuse with ``ConfigurationError`` a page that would be published, kept with the content, or nowhere."""
    full = Path(target).resolve()
    is_on_line = any((folder / _RELEASES).is_dir() for folder in full.parents)
    if target and (is_on_line or any(full.is_relative_to(folder.resolve()) for folder in published)):
        raise ConfigurationError(f"{target} : cette page ne se publie pas ; choisissez un autre dossier")
    if target and not full.parent.is_dir():
        raise ConfigurationError(f"{target} : le dossier n'existe pas")


def write_paper(target: Path, html: str) -> None:
    """Write the page."""
    target.write_text(html, "utf-8")
