"""The command line: how a call is read, helped and refused, in French, over the verbs that tasks.py lists."""

import contextlib
import gc
import importlib.util
import os
import shutil
import sys
import textwrap
import tomllib
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from importlib import metadata
from inspect import Parameter, getdoc
from pathlib import Path
from types import ModuleType

from invoke.collection import Collection
from invoke.config import Config
from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.parser.context import ParserContext
from invoke.parser.parser import ParseResult
from invoke.program import Program

from gazette.terminal.call import answered, is_coloured

DEFAULT = "apercu"
HELP = ("--aide", "--help", "-h", "aide")
VERSION = ("--version", "-V")
WRONG_CALL = 2
UNREAD = 141
"""What a shell tells of a program that SIGPIPE ended."""


class Gazette(Program):
    """Run one verb a call: its positional words, the last of them as many as given, and its long options anywhere."""

    def create_config(self) -> None:
        """Read no configuration file of invoke's: a call means the same on every machine."""
        self.config = Config(lazy=True)

    def update_config(self, merge: bool = True) -> None:
        """Add nothing: invoke's own options are not offered."""
        if merge:
            self.config.merge()

    def parse_core_args(self) -> None:
        """Leave every word to the verb; invoke's own options keep their defaults, but modules are compiled once."""
        core = self.initial_context
        core.args["write-pyc"].value = True
        self.core = ParseResult([core])
        self.core.unparsed = self.argv[1:]

    def parse_tasks(self) -> None:
        """Read the call into ``self.tasks``; raise Exit once help was printed, or with what to write instead."""
        contexts = {str(context.name): context for context in self.collection.to_contexts()}
        names = contexts | {alias: context for context in contexts.values() for alias in context.aliases}
        command, *words = self.core.unparsed or [DEFAULT]
        if command in HELP:
            print(self._help_all(list(contexts.values())))
            raise Exit
        if command in VERSION:
            print(f"Gazette {version_here()}")
            raise Exit
        if command.startswith("-"):
            meant = nearest(command, (*HELP[:-1], *VERSION))
            raise self._refusal(f"{self.binary} : « {command} » vient après une commande{meant}")
        if command not in names:
            raise self._refusal(f"{self.binary} : {unknown('commande inconnue', command, names)}")
        context = names[command]
        if not set(words[: words.index("--") if "--" in words else None]).isdisjoint(HELP[:-1]):
            print(self._help_one(context))
            raise Exit
        try:
            read(context, words, self._required(context))
        except ValueError as error:
            raise self._refusal(f"{self.binary} {context.name} : {error}", f"{context.name} --aide") from error
        self.tasks = ParseResult([context])

    def _required(self, context: ParserContext) -> set[str]:
        """Tell which arguments of a verb have no default."""
        task = self.collection[context.name]
        return {x.name for x in task.argspec(task.body).parameters.values() if x.default is Parameter.empty}

    def _refusal(self, message: str, help_words: str = "--aide") -> Exit:
        """Make the end of a wrong call: what is wrong, then where help is."""
        return Exit(f"{message}\nAide : {self.binary} {help_words}", code=WRONG_CALL)

    def _words(self, context: ParserContext) -> str:
        """Write a verb and its words: ``nouveau GENRE TITRE``, ``test [MOTS…]``."""
        required = self._required(context)
        words = [placeholder(x) if x.name in required else f"[{placeholder(x)}]" for x in context.positional_args]
        return " ".join([str(context.name), *words])

    def _help_all(self, contexts: list[ParserContext]) -> str:
        """Write every verb in the order of tasks.py, which is the order of use."""
        rows = []
        for context in contexts:
            aliases = f" ({', '.join(context.aliases)})" if context.aliases else ""
            rows.append((self._words(context) + aliases, summary(self.collection[context.name])))
        return f"""\
{strong(summary(self.collection))}

Usage : {self.binary} [COMMANDE] [--options]      sans commande : {DEFAULT}

{table(rows)}

{self.binary} COMMANDE --aide   les options d’une commande
{self.binary} --version         la version de Gazette"""

    def _help_one(self, context: ParserContext) -> str:
        """Write a verb's shape, its docstring, its words and its options."""
        required = self._required(context)
        options = [argument for argument in context.args.values() if not argument.positional]
        usage = " ".join([self._words(context), *(shape(x) for x in options if x.name in required)])
        aliases = f"\nAussi : {', '.join(context.aliases)}" if context.aliases else ""
        rows = [(shape(argument), argument.help or "") for argument in (*context.positional_args, *options)]
        return f"""\
Usage : {self.binary} {strong(usage)}{" [--options]" if options else ""}{aliases}

{paragraphs(getdoc(self.collection[context.name]) or "")}

{table([*rows, ("--aide", "montre cette aide")])}"""


def read(context: ParserContext, words: list[str], required: set[str]) -> None:
    """Give a verb's arguments their values; raise ValueError with the French reason when the words do not fit."""
    flags = {flag(argument): argument for argument in context.args.values() if not argument.positional}
    queue, values = list(words), []
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":  # POSIX utility syntax guideline 10: what follows is never an option
            values += queue
            break
        if not word.startswith("-") or word == "-":
            values.append(word)
        elif name not in flags:
            bare = (placeholder(argument) for argument in context.positional_args)
            raise ValueError(unknown("option inconnue", name, [*flags, *bare]))
        elif not flags[name].takes_value:
            if equals:
                reason = f"{name} ne prend pas de valeur"
                raise ValueError(reason)
            flags[name].value = True
        else:
            is_bare = not equals and (not queue or queue[0].startswith("--"))
            if is_bare and flags[name].optional:
                flags[name].set_value(True, cast=False)
                continue
            if not equals and (not queue or queue[0] in flags or queue[0] == "--"):
                reason = f"il manque une valeur : {shape(flags[name])}"
                raise ValueError(reason)
            give(flags[name], value if equals else queue.pop(0))
    place(context, values)
    missing = [argument for argument in context.args.values() if argument.name in required and not argument.got_value]
    if sys.stdin.isatty() and sys.stdout.isatty() and all(argument.positional for argument in missing):
        while missing:
            ask(missing.pop(0))
    if missing:
        reason = f"il manque {' '.join(shape(argument) for argument in missing)}"
        raise ValueError(reason)


def give(argument: Argument, value: str) -> None:
    """Set an argument, cast to its kind: text, or a whole number, or one more in a list."""
    try:
        argument.value = value
    except ValueError:
        reason = f"{flag(argument)} attend un nombre entier, et non « {value} »"
        raise ValueError(reason) from None


def ask(argument: Argument) -> None:
    """Ask a person for a word that a verb cannot do without, until there is one."""
    answer = ""
    while not answer:
        answer = answered(f"{placeholder(argument)} ({argument.help}) : ")
    give(argument, answer)


def place(context: ParserContext, values: list[str]) -> None:
    """Hand the positional words out in order; a list takes all that is left, and nothing may be left over."""
    queue = list(values)
    for argument in context.positional_args:
        while queue:
            give(argument, queue.pop(0))
            if argument.kind is not list:
                break
    if queue:
        reason = f"argument en trop : « {queue[0]} »"
        raise ValueError(reason)


def flag(argument: Argument) -> str:
    """Write an option's long form, the only one."""
    return f"--{argument.names[0]}"


def placeholder(argument: Argument) -> str:
    """Write what stands for an argument's value: ``PORT``, or ``FICHIER…`` for a list."""
    return argument.names[0].upper() + ("…" if argument.kind is list else "")


def shape(argument: Argument) -> str:
    """Write an argument as it is typed: ``FICHIER…``, ``--port PORT``, ``--frais``."""
    if argument.positional:
        return placeholder(argument)
    value = f"[{placeholder(argument)}]" if argument.optional else placeholder(argument)
    return f"{flag(argument)} {value}" if argument.takes_value else flag(argument)


def unknown(reason: str, word: str, known: Iterable[str]) -> str:
    """Say that a word is not known, with the nearest one that is."""
    return f"{reason} « {word} »{nearest(word, known)}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Ask whether the nearest known word was meant, by its letters alone: no dash, capital nor accent."""
    by_letters = {letters(one): one for one in known}
    typed = letters(word)
    swapped = [one for one in by_letters if sorted(one) == sorted(typed)]
    near = swapped or get_close_matches(typed, by_letters, n=1)
    return f". Vouliez-vous dire « {by_letters[near[0]]} » ?" if near else ""


def letters(word: str) -> str:
    """Return a word as it is typed in haste: « --Éditions » is « editions »."""
    plain = unicodedata.normalize("NFD", word.casefold().replace("_", "-"))
    return "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign == "-")).strip("-")


def summary(thing: object) -> str:
    """Take a docstring's first line, without its full stop."""
    return (getdoc(thing) or "").partition("\n")[0].removesuffix(".")


def strong(text: str) -> str:
    """Set text in bold, on a terminal that shows it."""
    return f"\033[1m{text}\033[0m" if is_coloured() else text


def paragraphs(text: str) -> str:
    """Wrap a docstring to the terminal's width, each of its paragraphs apart."""
    width = max(shutil.get_terminal_size().columns, 40)
    return "\n\n".join(textwrap.fill(" ".join(part.split()), width) for part in text.split("\n\n"))


def table(rows: list[tuple[str, str]]) -> str:
    """Lay out two columns, the second wrapped to the terminal's width."""
    left = max(len(name) for name, _ in rows)
    right = max(shutil.get_terminal_size().columns - left - 5, 30)
    lines = []
    for name, text in rows:
        first, *others = textwrap.wrap(text, right) or [""]
        lines.append(f"  {strong(name.ljust(left))}   {first}".rstrip())
        lines += [" " * (left + 5) + line for line in others]
    return "\n".join(lines)


def verbs() -> tuple[ModuleType, str]:
    """Load tasks.py, from the package when installed, else from the root; return it and how this program is called."""
    packaged = Path(__file__).with_name("tasks.py")
    path = packaged if packaged.exists() else Path(__file__).parents[2] / "tasks.py"
    spec = importlib.util.spec_from_file_location("tasks", path)
    assert spec is not None and spec.loader is not None  # noqa: PT018, S101  # a path that ends in .py has both
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, "gazette" if path == packaged else "./gazette"


def version_here() -> str:
    """Return this program's version: the package's, or the repository's with its commit."""
    project = Path(__file__).parents[2] / "pyproject.toml"
    if not project.is_file():
        return metadata.version("gazette-circonscription")
    number = str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])
    from gazette.errors import GazetteError  # noqa: PLC0415  # git is asked for nothing else
    from gazette.read.history import origin  # noqa: PLC0415

    with contextlib.suppress(GazetteError):
        return f"{number}, commit {origin(project.parent)[1][:10]}"
    return number


def main(argv: list[str] | None = None) -> None:
    """Run the call in `argv` (default: the process's own), and exit with its code."""
    gc.set_threshold(200_000, 20, 100)  # nearly all that a run makes lives until its end: looking for waste finds none
    module, binary = verbs()
    try:
        with contextlib.ExitStack() as stack:
            stack.callback(sys.stdout.flush)
            Gazette(name="Gazette", binary=binary, namespace=Collection.from_module(module)).run(argv)
    except BrokenPipeError:  # who reads has read enough, as « --aide | head » does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNREAD)
    finally:
        gc.freeze()  # nor does the interpreter look through it all once more before it ends


if __name__ == "__main__":
    main()
