"""Finds the msgids in our own sources: calls of `w(…)`, `w.n(…)`, `words.plain(…)`, `mark(…)` and their kin."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from texts.catalogue import Key

PACKAGES = ("bot", "handlers", "reports", "texts")
DYNAMIC = "# texts: dynamic"  # on the line of a call whose msgid comes from a table of `mark(…)`

_NAMES = {"w", "words"}


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of call gives its msgid."""

    plain: bool = False
    plural: bool = False
    context: bool = False
    marked: bool = False  # the values come later, where it is shown


_METHODS = {
    "plain": Form(plain=True),
    "n": Form(plural=True),
    "plain_n": Form(plain=True, plural=True),
    "ctx": Form(context=True),
    "plain_ctx": Form(plain=True, context=True),
}
_MARKS = {
    "mark": Form(marked=True),
    "mark_plain": Form(plain=True, marked=True),
    "mark_n": Form(plural=True, marked=True),
}


@dataclass(frozen=True, slots=True)
class Use:
    """One msgid at one place. `values` are the names given to it, None when they cannot be seen there."""

    where: str
    context: str | None
    msgid: str
    plural: str | None
    plain: bool
    values: frozenset[str] | None

    @property
    def key(self) -> Key:
        return (self.context, self.msgid)


@dataclass(frozen=True, slots=True)
class Problem:
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def extract(root: Path) -> tuple[list[Use], list[Problem]]:
    """Every msgid used below `root`, in order of files and lines, and the calls that cannot be read."""
    uses: list[Use] = []
    problems: list[Problem] = []
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            for found in extract_from(path.read_text("utf-8"), str(path.relative_to(root))):
                uses.append(found) if isinstance(found, Use) else problems.append(found)
    return uses, problems


def extract_from(source: str, name: str) -> Iterator[Use | Problem]:
    lines = source.splitlines()
    calls = [node for node in ast.walk(ast.parse(source, name)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        form = _form(call.func)
        if form is None:
            continue
        dynamic = any(DYNAMIC in line for line in lines[call.lineno - 1 : call.end_lineno])
        yield from _read(call, form, f"{name}:{call.lineno}", dynamic)


def _form(callee: ast.expr) -> Form | None:
    if isinstance(callee, ast.Name) and callee.id in _MARKS:
        return _MARKS[callee.id]
    if _is_words(callee):
        return Form()
    if isinstance(callee, ast.Attribute) and _is_words(callee.value):
        return _METHODS.get(callee.attr)
    return None


def _is_words(node: ast.expr) -> bool:
    """`w`, `words`, and the same as an attribute: `self.words`."""
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None
    return name in _NAMES


def _read(call: ast.Call, form: Form, where: str, dynamic: bool) -> Iterator[Use | Problem]:
    wanted = 1 + form.context + form.plural
    choices = [_literals(node) for node in call.args[:wanted]]
    if len(choices) < wanted or not all(choices) or (wanted > 1 and any(len(choice) > 1 for choice in choices)):
        if not dynamic:
            yield Problem(where, f"the msgid must be written out here, or say {DYNAMIC!r} and mark() it elsewhere")
        return
    values = frozenset(word.arg for word in call.keywords if word.arg is not None)
    seen = not form.marked and len(values) == len(call.keywords)  # a **mapping hides its names
    if form.context or form.plural:
        texts = [choice[0] for choice in choices]
        context = texts.pop(0) if form.context else None
        plural = texts[1] if form.plural else None
        yield Use(where, context, texts[0], plural, form.plain, values if seen else None)
        return
    for msgid in choices[0]:
        yield Use(where, None, msgid, None, form.plain, values if seen else None)


def _literals(node: ast.expr) -> list[str]:
    """The strings an expression can be: one literal, or the two of `"a" if x else "b"`; [] when it cannot be seen."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        both = [_literals(node.body), _literals(node.orelse)]
        return both[0] + both[1] if all(both) else []
    return []
