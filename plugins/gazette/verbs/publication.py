"""What goes on line, what stands there, who may read it, and the week's letter."""

from pathlib import Path

from gazette.terminal.call import CLOSED, DONE, ROOT, instant, order, refusal, secret, shown, shown_root
from gazette.terminal.findings import tell_findings
from gazette.terminal.report import check_report, tell_all
from gazette.verbs.edge import PLACE_HELP, verb


@verb(
    positional=[],
    optional=["retour"],
    aliases=["publish"],
    help={
        **PLACE_HELP,
        "cible": "nom de la cible dans publishconf.py",
        "vers": "dossier de la cible local : DOSSIER/<édition>/ est en ligne",
        "simuler": "dit ce qui serait envoyé, et n’envoie rien",
        "retour": "remet en ligne l’édition gardée de ce numéro (sans numéro : la précédente)",
        "nouveau-jeton": "change les adresses des fils à jeton de cette édition : celles d’avant meurent",
        "rapport": "écrit le rapport dans ce fichier JSON",
    },
)
def publier(
    cible: str,
    vers: str = "",
    simuler: bool = False,
    retour: str = "",
    nouveau_jeton: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
    rapport: str = "",
) -> int:
    """Construit, relit les épreuves, puis met en ligne, d’un coup ou pas du tout."""
    from gazette.publish.stage import limits, target
    from gazette.terminal.publication import go_back, is_exposed, put_on_line, renew_token

    check_report(rapport)
    if retour and simuler:
        raise refusal("--retour ne se simule pas : ./gazette etat dit ce qui est gardé")
    if nouveau_jeton and (retour or simuler):
        raise refusal("--nouveau-jeton va seul : ni --retour, ni --simuler")
    place = target(ROOT / "publishconf.py", cible, vers)
    wanted = order(contenu, sortie, jour, is_production=True, token_secret=secret())
    tell_all(limits(place, now=instant(""), day=wanted.now))
    if is_exposed(contenu):
        return CLOSED
    if retour:
        return go_back(place, wanted, retour, contenu)
    if nouveau_jeton:
        renew_token(wanted, nouveau_jeton, contenu)
    return put_on_line(place, wanted, contenu, is_rehearsal=simuler, rapport=rapport)


@verb(
    positional=[],
    help={
        **PLACE_HELP,
        "cible": "nom de la cible dans publishconf.py",
        "vers": "dossier de la cible local",
    },
)
def etat(cible: str, vers: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> int:
    """Dit ce qui est en ligne, depuis quand, si c’est intact, et ce qui diffère de l’édition construite ici."""
    from gazette.check import load
    from gazette.inquiry import built
    from gazette.publish.stage import target
    from gazette.publish.words import place_lines, plan_lines
    from gazette.terminal.serving import stale_lines

    wanted = order(contenu, sortie, jour)
    place = target(ROOT / "publishconf.py", cible, vers)
    here = {manifest.audience: manifest for manifest in built(wanted)}
    names = list(here) or [a.name for a in load(wanted)[0].audiences]
    is_whole = True
    for found, editions in place.places(names).values():
        with found.session():
            damages = found.damages()
            is_whole = is_whole and not list(found.doubts()) and all(damage.is_none for damage in damages)
            tell_all(place_lines(found, damages))
            print("  Publier ce qui est construit ici changerait :" if here else "")
            for plan in found.plan([here[n] for n in editions if n in here]):
                tell_all(f"    {line}" for line in plan_lines(plan, is_done=False))
    if not here:
        print("Rien n’est construit ici : « ./gazette construire » permet de comparer.")
    tell_all(stale_lines(wanted))
    return DONE if is_whole else CLOSED


@verb(
    help={
        **PLACE_HELP,
        "vers": "fichier à écrire (par défaut deploiement/nginx.conf)",
    },
)
def serveur(vers: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> int:
    """Écrit de quoi servir chaque édition par nginx : adresses, accès, en-têtes, pages retirées ou déplacées."""
    from gazette.terminal.serving import serve

    tell_all(serve(order(contenu, sortie, jour), vers))
    return DONE


@verb(
    help={
        **PLACE_HELP,
        "edition": "édition réservée : enseignants, directeurs…",
        "vers": "fichier des mots de passe (par défaut celui de publishconf.py)",
        "ecoles": "en change le mot de passe : des codes UAI entre virgules",
    },
)
def acces(
    edition: str,
    vers: str = "",
    ecoles: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> int:
    """Tire un mot de passe pour chaque école qui n’en a pas, le dit une fois, et n’en garde que l’empreinte."""
    from gazette.check import load
    from gazette.inquiry import schools_of
    from gazette.publish.passwords import encoded, kept, renewed
    from gazette.publish.server import password_file, server
    from gazette.terminal.secret import check_outside, write_private

    wanted = order(contenu, sortie, jour)
    path = Path(vers or password_file(server(ROOT / "publishconf.py", load(wanted)[0]), edition))
    check_outside(path, wanted)
    schools = schools_of(wanted)
    chosen = {code.strip().upper() for code in ecoles.split(",") if code.strip()}
    if chosen - set(schools):
        raise refusal(f"--ecoles : {min(chosen - set(schools))} n’est pas dans l’annuaire")
    before = kept(path.read_text("utf-8")) if path.exists() else {}
    digests, drawn = renewed(before, schools, chosen)
    write_private(path, encoded(digests))
    for uai, word in drawn.items():
        print(f"{uai}  {word}  {schools[uai]}")
    gone = len(set(before) - set(digests))
    print(f"{shown(path)} : {len(digests)} école(s), {len(drawn)} mot(s) de passe tiré(s), {gone} ôté(s).")
    if drawn:
        print("Ils ne seront plus dits : donnez-les maintenant, à chaque école le sien, par un canal sûr.")
    return DONE


@verb(
    positional=["edition"],
    help={
        **PLACE_HELP,
        "edition": "édition réservée : enseignants, directeurs…",
        "lettre": "écrit la lettre à imprimer dans ce fichier HTML",
    },
)
def jeton(edition: str, lettre: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> int:
    """Donne les adresses réservées à ajouter dans l’ENT, une par fil."""
    from gazette.check import load
    from gazette.errors import ConfigurationError
    from gazette.model.token import VARIABLE
    from gazette.papers.handout import handed, letter, lines
    from gazette.terminal.secret import check_letter
    from gazette.write.series import with_tokens

    wanted = order(contenu, sortie, jour)
    newsroom, _ = load(wanted)
    audience, day = with_tokens(newsroom, edition), wanted.now.date()
    if not secret():
        raise ConfigurationError(f"{VARIABLE} manque : c’est de lui que les adresses sont faites (docs/jetons.md)")
    check_letter(lettre, wanted)
    feeds = handed(secret(), newsroom, audience, day)
    tell_all(lines(feeds, newsroom, audience, day))
    if lettre:
        Path(lettre).write_text(letter(feeds, newsroom, audience, day), "utf-8")
        print(f"\nLettre à imprimer : {lettre}. Elle ne se publie pas.")
    return DONE


@verb(
    help={
        **PLACE_HELP,
        "semaine": "2026-S47 par exemple (par défaut la dernière racontée, le vendredi à 16 h)",
        "edition": "édition racontée ; par défaut la plus ouverte, que chacun peut lire",
        "vers": "écrit un message .eml par école dans ce dossier",
        "smtp": "envoie par le serveur de LETTRE, dans publishconf.py",
        "ecoles": "seulement à ces écoles : des codes UAI entre virgules",
    },
)
def lettre(
    semaine: str = "",
    edition: str = "",
    vers: str = "",
    smtp: bool = False,
    ecoles: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> int:
    """Fait de la semaine une lettre aux écoles : un message chacune, à l’adresse de fonction de l’annuaire."""
    from gazette.check import load
    from gazette.mailing import build_letter
    from gazette.publish.mail import messages, write
    from gazette.publish.post import post
    from gazette.terminal.letters import only, send_letters, tell_unserved

    if bool(vers) == smtp:
        raise refusal("dites --vers DOSSIER pour écrire les messages, ou --smtp pour les envoyer")
    wanted = order(contenu, sortie, jour, editions=(edition,) if edition else (), is_production=smtp)
    settings = post(ROOT / "publishconf.py", load(wanted)[0])
    report = build_letter(wanted, semaine)
    tell_findings(report.findings, shown_root(contenu))
    if report.proofed is None:
        print("Porte fermée : aucune lettre. Reprenez les lignes « ARRÊT » ci-dessus.")
        return CLOSED
    chosen = only(report.recipients, ecoles)
    made = messages(report.proofed, report.letter, chosen, settings, report.newsroom, report.audience, report.now)
    if smtp:
        return send_letters(report, made, settings)
    write(made, Path(vers))
    print(f"{report.letter.title}, édition {report.audience.name} : {len(made)} message(s) dans {shown(Path(vers))}.")
    tell_unserved(report)
    return DONE
