"""Which screens come by themselves: read off the sources of the notices' renderers."""

import ast
import inspect
from collections.abc import Callable, Iterator
from textwrap import dedent
from types import FunctionType, ModuleType

import bot.notices  # noqa: F401 - importing it registers every renderer
from bot.outgoing import RENDERERS

SCREENS = "handlers.screens"


def kinds_by_screen() -> dict[Callable[..., object], list[str]]:
    """Kinds of notices by the function that draws them."""
    found: dict[Callable[..., object], list[str]] = {}
    for kind, renderer in RENDERERS.items():
        for screen in screens_of(renderer):
            found.setdefault(screen, []).append(kind)
    return found


def screens_of(renderer: Callable[..., object]) -> set[Callable[..., object]]:
    """The functions of `handlers.screens` that a renderer names, itself or in a helper of its module."""
    screens: set[Callable[..., object]] = set()
    todo, seen = [renderer], {renderer}
    while todo:
        function = todo.pop()
        for named in _named(function):
            if named.__module__.startswith(SCREENS):
                screens.add(named)
            elif named.__module__ == function.__module__ and named not in seen:
                seen.add(named)
                todo.append(named)
    return screens


def _named(function: Callable[..., object]) -> Iterator[FunctionType]:
    """Functions that the source names: as they are, or as an attribute of a module."""
    known = inspect.unwrap(function).__globals__
    for node in ast.walk(ast.parse(dedent(inspect.getsource(function)))):
        value = known.get(node.id) if isinstance(node, ast.Name) else None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = known.get(node.value.id)
            value = getattr(module, node.attr, None) if isinstance(module, ModuleType) else None
        if isinstance(value, FunctionType):
            yield value
