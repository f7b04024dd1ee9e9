"""The people whom schools name in full every day and who are no pupils: authors, scientists, those streets recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CELEBRITIES = frozenset(
    name.strip()
    for name in """
aime cesaire, albert camus, albert einstein, albert jacquard, albert schweitzer, alain fournier, alain saint ogan,
alexandre dumas, alfred de musset, alfred nobel, alice milliat, alphonse daudet, anatole france, andre ampere,
andre malraux, anne frank, anne sylvestre, annie ernaux, anthony browne, antoine de saint exupery, antoine lavoisier,
antonio vivaldi, aristide briand, arthur rimbaud, astrid lindgren, auguste renoir, auguste rodin, barack obama,
beatrix potter, berthe morisot, blaise pascal, boris vian, camille claudel, camille saint saens, carl norac,
charles baudelaire, charles darwin, charles de gaulle, charles dickens, charles peguy, charles perrault,
charles trenet, charlie chaplin, christian bobin, christophe colomb, clara schumann, claude boujon, claude debussy,
claude monet, claude ponti, clement ader, colette magny, corinne albaut, daniel pennac, danielle mitterrand,
denis diderot, dian fossey, edgar degas, edgar poe, edmond rostand, edouard manet, elsa triolet, emile zola,
emilie du chatelet, ernest hemingway, erik satie, ernest renan, esope, eugene delacroix, eugene ionesco,
fernand leger, ferdinand buisson, francois mitterrand, francois rabelais, francois place, francois villon,
franz kafka, franz schubert, frederic chopin, frederic mistral, frida kahlo, galilee, geoffroy de pennart,
george orwell, george sand, georges brassens, georges clemenceau, georges perec, georges pompidou, georges seurat,
germaine tillion, gianni rodari, gilles bizouerne, gisele halimi, guillaume apollinaire, gustave courbet,
gustave eiffel, gustave flaubert, guy de maupassant, hans andersen, hans christian andersen, hector berlioz,
henri bosco, henri des, henri dunant, henri dutilleux, henri matisse, henri rousseau, helene boucher,
hedy lamarr, henry moore, herge, hildegarde de bingen, honore de balzac, honore daumier, hubert reeves,
isaac newton, irene joliot curie, ingrid bergman, jack london, jacqueline duheme, jacques brel, jacques cartier,
jacques charpentreau, jacques chirac, jacques prevert, jacques yves cousteau, james cook, jane goodall,
jean anouilh, jean cocteau, jean de brunhoff, jean de la fontaine, jean dubuffet, jean giono, jean jacques rousseau,
jean jacques sempe, jean jaures, jean mace, jean mermoz, jean monnet, jean moulin, jean paul sartre, jean piaget,
jean racine, jean rostand, jean sebastien bach, jean tardieu, jean tinguely, jean zay, jeanne d arc,
jesse owens, joachim du bellay, joan miro, johannes gutenberg, joseph haydn, jorge luis borges, josephine baker,
jules ferry, jules michelet, jules renard, jules supervielle, jules vallès, jules verne, katherine johnson,
karel appel, keith haring, kitty crowther, leonard de vinci, leo ferre, leo lagrange, leo lionni, leon blum,
leopold sedar senghor, leon gambetta, lewis carroll, louis aragon, louis armstrong, louis braille, louis bleriot,
louis pasteur, louis pergaud, louise michel, louise de vilmorin, louise bourgeois, luc besson, lucie aubrac,
ludwig van beethoven, mahatma gandhi, malala yousafzai, marc bloch, marc chagall, marcel ayme, marcel cerdan,
marcel pagnol, marcel proust, marguerite duras, marguerite yourcenar, maria montessori, marie curie,
marie jose perec, marie laurencin, marie marvingt, mario ramos, marion bataille, marlene jobert, martin luther king,
mary cassatt, mary poppins, maryse bastie, maryse conde, maurice careme, maurice genevoix, maurice ravel,
maurice sendak, max jacob, michael jackson, michel ocelot, michel tournier, miles davis, moliere, mona chollet,
mona lisa, montesquieu, nelson mandela, neil armstrong, nicolas copernic, nicolas de stael, niki de saint phalle,
nina simone, olympe de gouges, oscar wilde, pablo neruda, pablo picasso, paul cezanne, paul claudel, paul eluard,
paul fort, paul gauguin, paul klee, paul langevin, paul valery, paul verlaine, philippe corentin, philippe pozzo,
pierre brossolette, pierre corneille, pierre curie, pierre de coubertin, pierre de ronsard, pierre loti,
pierre mendes france, pierre perret, pierre soulages, piet mondrian, pina bausch, quentin blake, rachel carson,
raymond devos, raymond queneau, rene cassin, rene char, rene descartes, rene goscinny, rene guy cadou,
rene magritte, roald amundsen, roald dahl, robert badinter, robert delaunay, robert desnos, robert doisneau,
robert louis stevenson, robert schuman, rosa bonheur, rosa luxemburg, rosa parks, rosalind franklin, rudyard kipling,
sally ride, salvador dali, samuel beckett, sarah bernhardt, serge gainsbourg, serge prokofiev, sherlock holmes,
sigmund freud, simone de beauvoir, simone signoret, simone veil, simone weil, sonia delaunay, sophie germain,
sophie scholl, stefan zweig, susie morgenstern, suzanne lenglen, suzanne valadon, theodore monod, thomas edison,
thomas pesquet, tomi ungerer, toussaint louverture, valentine hugo, vasco de gama, vassily kandinsky,
victor hugo, victor schoelcher, vincent van gogh, virginia woolf, voltaire, walt disney, wangari maathai,
wassily kandinsky, william shakespeare, winston churchill, wolfgang amadeus mozart, yann arthus bertrand,
youri gagarine, yves klein, yves montand, yvan pommaux, zinedine zidane, ada lovelace, alan turing, alexandre calder,
alexandra david neel, alain mabanckou, alexander fleming, alice guy, ambroise pare, amelia earhart, andree chedid,
andy warhol, annie fratellini, arletty, bernard friot, bruno heitz, buzz aldrin, claudie haignere, coco chanel,
emma goldman, ernest pignon ernest, ferdinand magellan, florence arthaud, florence foresti, francine cockenpot,
gerard de nerval, harry potter, jean baptiste lully, jean baptiste moliere, jean claude mourlevat, jean leclerc,
joseph kessel, joseph staline, adolf hitler, louis lumiere, auguste lumiere, marie antoinette, marie popelin,
martin page, oliver twist, tom sawyer, robin des bois, robinson crusoe, peter pan, alice au, paul delvaux,
philippe petain, pierre bottero, sempe goscinny, timothee de fombelle, vincent auriol, david hockney, ella fitzgerald,
edith piaf, emile durkheim, emmanuel macron, francois hollande, nicolas sarkozy, francois ravard, david bowie,
samuel paty, dominique bernard, gabriel faure, gerard depardieu, roland goigoux, stella baruk, teddy riner,
rachel hausfater, anne hiversere, marie aude murail, marie desplechin, eric sanvoisin, anne fine, helen keller,
alfred nakache, anais vaugelade, gregoire solotareff, philippe dumas, alain serres, yves pinguilly, pef martin,
christian voltz, edouard manceau, herve tullet, stephanie blake, magali bonniol, michel piquemal, jo hoestlandt,
fabrice melquiot, catherine dorion, philippe meirieu, celestin freinet, ovide decroly, jerome bruner, viviane bouysse,
serge boimare, andre ouzoulias, remi brissiaud, thierry venot, cedric villani, caroline aigle, claudie andre deshays,
emmanuelle charpentier, marie jose pelissier, jean claude grumberg, elzbieta violet, georges brassens, jacques brel,
edith cresson, marie paradis, alice guy blache, berthe bady, georges bizet, hector berlioz, jean philippe rameau,
jules massenet, germaine tailleferre, lili boulanger, nadia boulanger, louis vierne, olivier messiaen, pierre boulez,
kylian mbappe, antoine dupont, clarisse agbegnenou, leon marchand, marie amelie le fur, pauline ferrand prevot
""".replace("\n", " ").split(",")
)
"""Folded, hyphens as spaces."""
_BY_FIRST: dict[str, list[str]] = {}
for _name in sorted(CELEBRITIES):
    _BY_FIRST.setdefault(_name.split(" ", 1)[0], []).append(_name)


def that_begin(words: Iterable[str]) -> Iterator[str]:
    """Yield the celebrities whose first word is one of these."""
    return (name for word in words for name in _BY_FIRST.get(word, ()))
