"""The edge of a verb: the options most of them take, and the one place where an error becomes words on a terminal."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any, NoReturn

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from gazette.errors import GazetteError, why
from gazette.terminal.call import WRONG

PLACE_HELP = {
    "contenu": "dossier de la circonscription (par défaut content)",
    "sortie": "dossier où imprimer (par défaut output)",
    "jour": "« AAAA-MM-JJ » ou « AAAA-MM-JJ HH:MM », heure de Paris (par défaut maintenant)",
}


def verb(**options: Any) -> Callable[[Callable[..., int]], Callable[..., NoReturn]]:  # noqa: ANN401  # invoke's own
    """Make a verb of a function that returns an exit code: its docstring is the help, its parameters the options."""

    def made(body: Callable[..., int]) -> Callable[..., NoReturn]:
        @wraps(body)
        def run(_: Context, *words: Any, **named: Any) -> NoReturn:  # noqa: ANN401
            raise Exit(code=code_of(lambda: body(*words, **named)))

        own = signature(body)
        context = Parameter("_", Parameter.POSITIONAL_OR_KEYWORD)  # invoke gives one first; no verb wants it
        run.__signature__ = own.replace(parameters=[context, *own.parameters.values()])  # type: ignore[attr-defined]
        return task(run, **options)

    return made


def code_of(verb: Callable[[], int]) -> int:
    """Run a verb and return its code; raise Exit with words in French when it breaks."""
    try:
        return verb()
    except GazetteError as error:
        raise Exit(f"Gazette s’arrête : {error}", code=WRONG) from error
    except OSError as error:
        place = f"{error.filename} : " if error.filename else ""
        raise Exit(f"Gazette s’arrête : {place}{why(error)}", code=WRONG) from error
    except KeyboardInterrupt:
        raise Exit("Interrompu.", code=130) from None
    except Exit:
        raise
    except Exception as error:  # whatever broke, nothing was put in place
        import traceback

        traceback.print_exc()
        message = f"Défaut de Gazette ou d’un de ses modules ({type(error).__name__}) : rien n’a été changé en ligne."
        raise Exit(message, code=WRONG) from error
