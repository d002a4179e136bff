"""Which actions the code writes into the journal: found in its source, so that none can be forgotten."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from domain.rights import Action

ROOT = Path(__file__).parents[1]
_FOLDERS = ("domain", "storage", "bot", "handlers", "web")


@dataclass
class Found:
    """`actions`: known words. `patterns`: f-strings by their constant beginning. `unread`: what this reader does not understand."""

    actions: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Place:
    module: Path
    tree: ast.Module
    function: ast.AsyncFunctionDef | ast.FunctionDef


@cache
def journalled() -> Found:
    """Every `….journal.add(…, action=…)` of the program, and of helpers that hand an action on to one."""
    found, trees = Found(), {path: ast.parse(path.read_text("utf-8")) for path in _modules()}
    for path, tree in trees.items():
        for function in _functions(tree):
            for call in _calls(function):
                if isinstance(call.func, ast.Attribute) and call.func.attr == "add" and _is_journal(call.func.value):
                    action = next(word.value for word in call.keywords if word.arg == "action")
                    _read(action, _Place(path, tree, function), trees, found, 0)
    return found


def _modules() -> list[Path]:
    return [path for folder in _FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def _functions(tree: ast.AST) -> Iterator[ast.AsyncFunctionDef | ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _is_journal(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "journal"


def _read(node: ast.expr, at: _Place, trees: dict[Path, ast.Module], found: Found, deep: int) -> None:
    match node:
        case ast.Constant(value=str() as value):
            found.actions.add(value)
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="Action"), attr=name), attr="value"):
            found.actions.add(Action[name].value)
        case ast.Attribute(value=ast.Name(id="Action"), attr=name):
            found.actions.add(Action[name].value)
        case ast.IfExp(body=body, orelse=other):
            _read(body, at, trees, found, deep)
            _read(other, at, trees, found, deep)
        case ast.JoinedStr(values=[ast.Constant(value=str() as start), *_]):
            found.patterns.add(start)
        case ast.Name(id=name) if name in _parameters(at.function) and deep < 4:
            _callers(name, at, trees, found, deep)
        case ast.Name(id=name):
            _assigned(name, at, trees, found, deep)
        case _:
            found.unread.add(f"{at.module.name}: {ast.unparse(node)}")


def _parameters(function: ast.AsyncFunctionDef | ast.FunctionDef) -> list[str]:
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]


def _callers(name: str, at: _Place, trees: dict[Path, ast.Module], found: Found, deep: int) -> None:
    """The helper's parameter: what is handed over for it wherever the helper is called."""
    places = _parameters(at.function)
    place = places.index(name) - (places[0] == "self")
    helper, seen = at.function.name, False
    stem = at.module.stem
    for path, tree in trees.items():
        if path != at.module and not (stem in path.read_text("utf-8") and helper in path.read_text("utf-8")):
            continue
        for function in _functions(tree):
            for call in _calls(function):
                called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if called != helper or function is at.function:
                    continue
                if path != at.module and not _means(call.func, at.module.stem, tree):
                    continue
                given = [word.value for word in call.keywords if word.arg == name] or call.args[place : place + 1]
                if given:
                    seen = True
                    _read(given[0], _Place(path, tree, function), trees, found, deep + 1)
    if not seen:
        found.unread.add(f"{at.module.name}: nobody calls {helper} with {name}")


def _means(called: ast.expr, stem: str, tree: ast.Module) -> bool:
    """Whether a name in another module is something of module `stem`."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    if isinstance(called, ast.Attribute):
        modules = {a.asname or a.name for node in imports for a in node.names if a.name == stem}
        return isinstance(called.value, ast.Attribute) or (
            isinstance(called.value, ast.Name) and called.value.id in modules
        )
    names = {a.asname or a.name for node in imports if (node.module or "").endswith(stem) for a in node.names}
    return isinstance(called, ast.Name) and called.id in names


def _assigned(name: str, at: _Place, trees: dict[Path, ast.Module], found: Found, deep: int) -> None:
    """A local variable or a constant of the module."""
    inside = [node for node in ast.walk(at.function) if isinstance(node, ast.Assign)]
    around = [node for node in at.tree.body if isinstance(node, ast.Assign)]
    seen = False
    for node in (*inside, *around):
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for one, value in pairs:
                if isinstance(one, ast.Name) and one.id == name:
                    seen = True
                    _read(value, at, trees, found, deep + 1)
    if not seen:
        found.unread.add(f"{at.module.name}: {name}")
