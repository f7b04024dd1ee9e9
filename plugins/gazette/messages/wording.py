"""What a module's findings may say, read in its source: a finding's code stands first, then its words.

Nothing is run: names are followed to what they are given, and what only a run can tell leaves a hole.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import TypeAlias

HOLE = "…"
"""Stands in a message for what depends on the file: a word, a day, a number."""
_BEFORE_WORDS = {"Finding": 3, "_note": 2, "_stop": 3, "tell": 2, "refuse": 2}
"""Rank of the message among the arguments of each call that makes a finding; elsewhere it follows the code."""
_STOP_SHIFT = {"_stop": 2}
"""Rank of the code, where it is not the first argument."""
_TABLE = "REMEDIES"
"""Name of a table of remedies by code; any other one by code says something else of them."""
_SUGGESTED = ("vouliez-vous dire « … » ? ou choisissez parmi : …",)
_PLACEHOLDER = re.compile(r"\{\w+\}")
_EMPTY = re.compile(r"«\s*»")
"""What a parameter's empty default leaves."""
_DEPTH, _MOST, _SHORT = 8, 40, 60
"""Names followed, ways of saying one thing, and letters of a word that a message may be made of."""

Scope: TypeAlias = "dict[str, list[_Value]]"
Function: TypeAlias = ast.FunctionDef | ast.Module


@dataclass(frozen=True, slots=True)
class Wording:
    """What a code may tell, and what it asks to do."""

    cases: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    """Messages, and the remedies that go with them, by the place of the source that tells them."""

    @property
    def told(self) -> tuple[str, ...]:
        """Return every message, once."""
        return tuple(dict.fromkeys(text for told, _ in self.cases for text in told))

    @property
    def remedies(self) -> tuple[str, ...]:
        """Return every remedy, once."""
        return tuple(dict.fromkeys(text for _, remedies in self.cases for text in remedies))

    def joined(self, other: Wording) -> Wording:
        """Return both; what is told in two places with the same remedies, once."""
        return Wording(tuple(dict.fromkeys((*self.cases, *other.cases))))


@dataclass(frozen=True, slots=True)
class _Value:
    """An expression, and the names it may be made of."""

    node: ast.expr
    scope: Scope


def wordings(source: str, families: tuple[str, ...]) -> dict[str, Wording]:
    """Return what the findings of a module may say, by code; ``families`` are the letters that codes begin with."""
    if "Datum(" not in source and not any(f'"{family}-' in source for family in families):
        return {}
    code = re.compile(rf"\A(?:{'|'.join(families)})-\d{{2}}\Z")
    return _Module(ast.parse(source), code).found


class _Module:
    """One module, and what was found in it."""

    def __init__(self, tree: ast.Module, code: re.Pattern[str]) -> None:
        self.code = code
        self.found: dict[str, Wording] = {}
        self.functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self.names: Scope = {}
        self.names |= _given(_own(tree), self.names)
        functions: tuple[Function, ...] = (tree, *self.functions.values())
        self.calls = [
            (node, function) for function in functions for node in _own(function) if isinstance(node, ast.Call)
        ]
        self.callers = {argument: call for call, _ in self.calls for argument in call.args}
        for function in functions:
            for block, rank in _statements(function):
                self.read(block[rank], self.scope(function, block, rank))

    def read(self, statement: ast.stmt, scope: Scope) -> None:
        """Add what one statement tells, its own blocks apart."""
        is_table = _TABLE in _given([statement], scope)
        for node in _expressions(statement):
            if isinstance(node, ast.Call | ast.Tuple):
                self.told(node, scope)
            elif isinstance(node, ast.Dict) and is_table:
                for key, value in zip(node.keys, node.values, strict=True):
                    for code in self.codes(key):
                        self.add(code, (), self.texts(_Value(value, scope)))

    def told(self, node: ast.Call | ast.Tuple, scope: Scope) -> None:
        """Add what a call or a tuple tells, if a code stands where it should."""
        arguments = node.args if isinstance(node, ast.Call) else node.elts
        name = _called(node)
        codes = [c for argument in arguments[: 1 + _STOP_SHIFT.get(name, 0)] for c in self.codes(argument)]
        words = arguments[_BEFORE_WORDS.get(name, 1) :][:2]
        if name == "Datum":  # number of the rule, start and end or both at once, what, remedy
            codes = [f"RGPD-{int(str(ast.literal_eval(arguments[0]))[1:]):02}"]
            words = arguments[2 if isinstance(arguments[1], ast.Starred) else 3 :][:2]
        for code in codes:
            texts = [self.texts(_Value(word, scope)) for word in words]
            alone = (texts[0] if texts else (), texts[1] if len(texts) > 1 else ())
            for told, remedies in self.rows(words, scope) or [alone]:
                self.add(code, told, remedies)

    def add(self, code: str, told: tuple[str, ...], remedies: tuple[str, ...]) -> None:
        """Add what a code may say, less what is nothing but a hole."""
        told, remedies = (tuple(_EMPTY.sub(f"« {HOLE} »", t) for t in texts if _says(t)) for texts in (told, remedies))
        self.found[code] = self.found.get(code, Wording()).joined(Wording(((told, remedies),)))

    def rows(self, words: list[ast.expr], scope: Scope) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return message and remedy together, where both come from one call of a helper, or one row of a table."""
        names = [w.func.value if _called(w) == "format" else w for w in words]  # type: ignore[attr-defined]
        given = [scope.get(n.id, []) if isinstance(n, ast.Name) else [] for n in names]
        callers = [[self.callers.get(value.node) for value in values] for values in given]
        if len(callers) == 2 and callers[0] == callers[1] != [] and None not in callers[0]:  # noqa: PLR2004  # as below
            return [(self.texts(told), self.texts(remedy)) for told, remedy in zip(*given, strict=True)]
        parts = [[v.node for v in values if isinstance(v.node, ast.Subscript)] for values in given]
        sources = [[part.value for part in one] for one in parts]
        is_paired = len(sources) == 2 and sources[0] == sources[1] != []  # noqa: PLR2004  # message and remedy
        if not is_paired or [len(p) for p in parts] != [len(g) for g in given]:
            return []
        ranks = [part[0].slice.value for part in parts]  # type: ignore[attr-defined]
        found = []
        for value in given[0]:
            source = _Value(value.node.value, value.scope)  # type: ignore[attr-defined]
            picked = [v for c in self.choices(source) for v in (c, *self.choices(c))]
            tuples = [v for v in picked if isinstance(v.node, ast.Tuple) and len(v.node.elts) > max(ranks)]
            for row in tuples:
                told, remedies = (self.texts(_Value(row.node.elts[rank], row.scope)) for rank in ranks)  # type: ignore[attr-defined]
                found.append((told, remedies))
        return found

    def codes(self, node: ast.expr | None) -> list[str]:
        """Return the codes that an expression may be."""
        if isinstance(node, ast.IfExp):
            return [*self.codes(node.body), *self.codes(node.orelse)]
        value = node.value if isinstance(node, ast.Constant) else None
        return [value] if isinstance(value, str) and self.code.match(value) else []

    def scope(self, function: Function, block: list[ast.stmt], rank: int) -> Scope:
        """Return what names are given: just above in the block, or anywhere in the function, or by its callers."""
        every: Scope = dict(self.names)
        if isinstance(function, ast.FunctionDef):
            every |= self.passed(function)
            every |= _given(_own(function), every)
        near: Scope = {}
        for statement in block[: rank + 1]:
            near |= _given([statement], every)
            if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
                name, more = statement.target.id, statement.value
                near[name] = [_Value(ast.BinOp(v.node, ast.Add(), more), every) for v in near.get(name, [])]
            if _blocks(statement):  # what it gives, it gives in some cases only
                for name, values in _given(list(ast.walk(statement)), every).items():
                    near[name] = [*(near.get(name) or every.get(name, [])), *values]
        return every | near

    def passed(self, function: ast.FunctionDef) -> Scope:
        """Return what the module's own calls give to the parameters of a function."""
        names = [a.arg for a in function.args.args]
        scope: Scope = {}
        for call, caller in self.calls:
            if _called(call) == function.name and caller is not function:
                around = dict(self.names)
                around |= _given(_own(caller), around)
                shift = 1 if names[:1] == ["self"] else 0
                for name, value in zip(names[shift:], call.args, strict=False):
                    scope.setdefault(name, []).append(_Value(value, around))
        return scope

    def texts(self, value: _Value, depth: int = 0) -> tuple[str, ...]:
        """Return the texts that an expression may be, with holes where only a run can tell."""
        node, scope = value.node, value.scope
        if depth > _DEPTH:
            return (HOLE,)
        if isinstance(node, ast.Constant):
            return (_PLACEHOLDER.sub(HOLE, node.value),) if isinstance(node.value, str) else (HOLE,)
        if isinstance(node, ast.JoinedStr):
            return _joined([self.texts(_Value(part, scope), depth + 1) for part in node.values])
        if isinstance(node, ast.FormattedValue):
            inner = self.texts(_Value(node.value, scope), depth + 1)
            return inner if all(len(text) < _SHORT for text in inner) else (HOLE,)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _joined([self.texts(_Value(side, scope), depth + 1) for side in (node.left, node.right)])
        found = [text for one in self.choices(value) for text in self.texts(one, depth + 1)]
        return tuple(dict.fromkeys(found)) or (_SUGGESTED if _called(node) == "suggestion" else (HOLE,))

    def choices(self, value: _Value) -> list[_Value]:
        """Return the expressions that one stands for: what a name is given, what a function of ours returns."""
        node, scope = value.node, value.scope
        if isinstance(node, ast.IfExp):
            return [_Value(node.body, scope), _Value(node.orelse, scope)]
        if isinstance(node, ast.Name):
            return [v for v in scope.get(node.id, []) if v.node is not node]
        if isinstance(node, ast.Dict):
            return [_Value(v, scope) for v in node.values]
        if isinstance(node, ast.Subscript):
            picked = [v for c in self.choices(_Value(node.value, scope)) for v in (c, *self.choices(c))]
            rank = node.slice.value if isinstance(node.slice, ast.Constant) else None
            if isinstance(rank, int):
                tuples = [v for v in (*picked, _Value(node.value, scope)) if isinstance(v.node, ast.Tuple)]
                return [_Value(v.node.elts[rank], v.scope) for v in tuples if rank < len(v.node.elts)]  # type: ignore[attr-defined]
            return [v for v in picked if not isinstance(v.node, ast.Dict)]
        if isinstance(node, ast.Call):
            return self.returned(node, scope)
        return []

    def returned(self, node: ast.Call, scope: Scope) -> list[_Value]:
        """Return what a call may return: a text that is filled, a row of a dictionary, or a function of this module."""
        if isinstance(node.func, ast.Attribute):
            if node.func.attr == "format":
                return [_Value(node.func.value, scope)]
            if node.func.attr == "get":
                rows = self.choices(_Value(node.func.value, scope))
                return [*(v for row in rows for v in self.choices(row)), *(_Value(a, scope) for a in node.args[1:])]
        function = self.functions.get(_called(node))
        if function is None or not isinstance(node.func, ast.Name):
            return []
        inner = self.names | _given(_own(function), self.names)
        returns = [n.value for n in _own(function) if isinstance(n, ast.Return) and n.value]
        return [_Value(value, inner) for value in returns]


def _says(text: str) -> bool:
    """Tell whether a text says something: it is not a hole alone."""
    return bool(text.strip(f"{HOLE} .:"))


def _called(node: ast.AST) -> str:
    """Return the name of what a call calls."""
    function = node.func if isinstance(node, ast.Call) else None
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _own(function: Function) -> list[ast.AST]:
    """Return the nodes of a function, or of a module, less those of the functions within."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.ClassDef):
            waiting.extend(n for n in node.body if not isinstance(n, ast.FunctionDef))
        elif not isinstance(node, ast.FunctionDef):
            found.append(node)
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _statements(function: Function) -> Iterator[tuple[list[ast.stmt], int]]:
    """Yield each statement of a function, by its block and its rank there."""
    blocks: list[list[ast.stmt]] = [function.body]
    while blocks:
        block = blocks.pop()
        for rank, statement in enumerate(block):
            if isinstance(statement, ast.FunctionDef):
                continue
            yield block, rank
            blocks += _blocks(statement)


def _blocks(statement: ast.stmt) -> list[list[ast.stmt]]:
    """Return the blocks of statements that one holds."""
    if isinstance(statement, ast.ClassDef | ast.FunctionDef):
        return []
    inner = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
    inner += [part.body for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", []))]
    return [block for block in inner if block]


def _expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the expressions of a statement, not those of the statements in its blocks."""
    waiting = [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.expr | ast.withitem)]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(n for n in ast.iter_child_nodes(node) if not isinstance(n, ast.stmt))  # type: ignore[misc]


def _given(nodes: list[ast.AST] | list[ast.stmt], scope: Scope) -> Scope:
    """Return every expression that each name is given."""
    found: Scope = {}
    for node in nodes:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            for name, value in _paired(target, node.value):
                found.setdefault(name, []).append(_Value(value, scope))
    return found


def _paired(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    """Return the names of a target, each with what it is given."""
    if isinstance(target, ast.Name):
        return [(target.id, value)]
    if not isinstance(target, ast.Tuple):
        return []
    parts = value.elts if isinstance(value, ast.Tuple) else None
    pairs = []
    for rank, name in enumerate(target.elts):
        if isinstance(name, ast.Name):
            part = parts[rank] if parts else ast.Subscript(value, ast.Constant(rank), ast.Load())
            pairs.append((name.id, part))
    return pairs


def _joined(parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return every way of saying the parts one after the other."""
    ways = ("".join(way) for way in islice(product(*parts), _MOST))
    return tuple(dict.fromkeys(re.sub(r"…(?:…)+", HOLE, way) for way in ways))
