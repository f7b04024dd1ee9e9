"""What gives the addresses of token feeds to those who may have them: lines to read, and a page to print."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from string import Template
from typing import TYPE_CHECKING

from gazette.model.token import feed_names, last_day, token_audience, token_path
from gazette.model.typography import french

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from gazette.model.newsroom import Audience, Newsroom

GROUP = 4
"""Letters of a token that stand together in print: a hand copies them by fours."""
TOLD = "31 juillet"


@dataclass(frozen=True, slots=True)
class Handed:
    """One feed to add."""

    title: str
    address: str


def handed(secret: bytes, newsroom: Newsroom, audience: Audience, day: date) -> tuple[Handed, ...]:
    """Return the feeds of an edition with the addresses that hold on a day."""
    root = token_audience(audience).address
    rows = []
    for name in feed_names(newsroom, audience):
        fil = newsroom.fil(name)
        title = fil.title if fil else "Tout, en un seul fil"
        rows.append(Handed(title, root + token_path(secret, newsroom, audience, day, name)))
    return tuple(rows)


def lines(feeds: tuple[Handed, ...], newsroom: Newsroom, audience: Audience, day: date) -> Iterator[str]:
    """Yield what the terminal says."""
    ent = french(newsroom.ent_name)
    yield f"Adresses réservées de l’édition « {audience.title} », à ajouter dans {ent} (widget « Flux RSS »)."
    yield "Une adresse par fil ; la première les réunit tous. Copiez-la entière, de https jusqu’à .xml."
    for feed in feeds:
        yield f"\n  {french(feed.title)}\n  {feed.address}"
    yield f"\nElles valent jusqu’au {TOLD} {last_day(day).year}. Le 1er août, elles changent : relancez cette commande."
    yield "Qui a une adresse lit les titres et les résumés de ce fil, sans mot de passe : ne l’écrivez sur aucune page."
    yield f"Une adresse s’est échappée ? publier --cible CIBLE --nouveau-jeton {audience.name} les change toutes."


def letter(feeds: tuple[Handed, ...], newsroom: Newsroom, audience: Audience, day: date) -> str:
    """Return the page to print for those who may have the addresses: one sheet of A4, whole in itself."""
    contact = newsroom.legal.publisher_email
    facts = {
        "title": newsroom.title,
        "audience": audience.title,
        "ent": newsroom.ent_name,
        "until": f"{TOLD} {last_day(day).year}",
        "contact": f" ({contact})" if contact else "",
    }
    rows = "\n".join(_row(feed) for feed in feeds)
    return _PAGE.substitute({name: escape(french(text)) for name, text in facts.items()}, rows=rows)


def _row(feed: Handed) -> str:
    head, _, rest = feed.address.rpartition("-")
    token, dot, suffix = rest.partition(".")
    groups = "".join(f"<b>{token[i : i + GROUP]}</b>" for i in range(0, len(token), GROUP))
    return (
        f"<tr><th scope=row>{escape(french(feed.title))}</th>"
        f"<td><code>{escape(head)}-<wbr>{groups}{dot}{escape(suffix)}</code></td></tr>"
    )


_PAGE = Template("""\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex, noarchive">
<title>Nos fils dans l’ENT – $title</title>
<style>
@page { size: A4; margin: 14mm 16mm }
* { box-sizing: border-box }
body { max-width: 178mm; margin: 0 auto; padding: 4mm; font: 9.5pt/1.38 "Liberation Sans", Arial, Helvetica, sans-serif;
  color: #111; background: #fff }
header { display: flex; justify-content: space-between; gap: 6mm; border-bottom: 1.5pt solid #111; padding-bottom: 2mm }
header p { margin: 0 } .reserve { border: 1pt solid #111; border-radius: 2mm; padding: 0 2.5mm; white-space: nowrap;
  font-weight: bold; align-self: flex-start }
h1 { font-size: 18pt; line-height: 1.15; margin: 5mm 0 2mm } h2 { font-size: 12pt; margin: 4.5mm 0 1.5mm }
p, ol, ul { margin: 0 0 2mm } table { margin-bottom: 2mm } ol, ul { padding-left: 6mm } li { margin-bottom: .8mm }
table { border-collapse: collapse; width: 100% } th { width: 31% }
th, td { border: .6pt solid #555; padding: 1.6mm 2.2mm; text-align: left; vertical-align: top }
code { font: 9.5pt/1.5 "DejaVu Sans Mono", "Cascadia Mono", Consolas, Menlo, "Liberation Mono", monospace;
  overflow-wrap: anywhere }
code b { font-weight: bold; white-space: nowrap; margin-right: .5mm }
code b:nth-of-type(even) { background: #e4e4e4 }
.deux { columns: 2; column-gap: 8mm } .deux section { break-inside: avoid } .deux h2 { margin-top: 0 }
sup { line-height: 0 }
footer { margin-top: 4mm; border-top: .6pt solid #555; padding-top: 1.5mm; font-size: 9pt }
@media screen and (max-width: 40rem) { .deux { columns: 1 } header, tr, th, td { display: block; width: auto } }
@media print { body { padding: 0; max-width: none } * { print-color-adjust: exact } }
</style>
</head>
<body>
<header><p>$title</p><p class="reserve">Réservé : $audience</p></header>
<main>
<h1>Lire nos fils dans $ent</h1>
<p>Les nouvelles de la circonscription peuvent s’afficher sur votre page d’accueil de l’ENT : leur titre, leur date,
leur résumé. Cela se règle une fois, en cinq minutes.</p>
<h2>Ajouter un fil</h2>
<ol>
<li>Ouvrez l’ENT, puis votre page d’accueil.</li>
<li>Dans le widget « Flux RSS », ouvrez les réglages et demandez à ajouter un flux.
Pas de widget ? L’administrateur de l’ENT peut l’ouvrir.</li>
<li>Recopiez une adresse du tableau, entière, de https jusqu’à .xml, puis enregistrez.
La première suffit à la plupart.</li>
<li>Choisissez combien de titres paraissent : cinq d’ordinaire, dix au plus.</li>
<li>Un clic sur un titre ouvre l’article dans un nouvel onglet ; s’il est réservé, le site demande qui vous êtes.</li>
</ol>
<h2>Les adresses, valables jusqu’au $until</h2>
<table>
$rows
</table>
<p>Les lettres vont par quatre pour guider l’œil, sans espace entre elles. Après le dernier tiret il n’y a ni zéro,
ni un, ni huit, ni neuf : <code>o</code> et <code>l</code> y sont toujours des lettres.</p>
<div class="deux">
<section>
<h2>Ce qu’elles protègent, et ce qu’elles ne protègent pas</h2>
<ul>
<li>Nul ne peut les deviner, et aucune page ne les montre.</li>
<li>Mais qui en a une lit ces titres et ces résumés, sans s’identifier :
<strong>ce n’est pas un mot de passe</strong>.</li>
<li>Ne les mettez ni dans un blog, ni dans un cahier multimédia, ni dans un message aux familles.</li>
<li>Une adresse s’est échappée, ou cette lettre s’est perdue ? Dites-le à la circonscription$contact :
elle les change toutes.</li>
</ul>
</section>
<section>
<h2>Bon à savoir</h2>
<ul>
<li>Le 1<sup>er</sup> août, les adresses changent. Une nouvelle lettre vous parviendra à la rentrée.</li>
<li>L’ENT garde une copie des fils : cliquez sur « Rafraîchir » pour voir la dernière nouvelle.</li>
<li>Rien d’urgent ne passe par là : pour ce qui presse, on vous écrit ou on vous appelle.</li>
<li>L’ENT montre dix fils au plus par personne.</li>
</ul>
</section>
</div>
</main>
<footer>Lettre à imprimer et à remettre en main propre. Ne la publiez pas,
ne la déposez dans aucun espace partagé avec les familles.</footer>
</body>
</html>
""")
