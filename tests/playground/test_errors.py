"""One table of error texts: nothing that Telegram would say is spelt anywhere else."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import playground
from playground import errors

PACKAGE = Path(playground.__file__).parent
# Where requests are answered. People's own manners, the page, the probe and the command line speak to people instead
_ASIDE = {
    "errors",
    "limits",
    "__main__",
    "acting",
    "control",
    "hooks",
    "transcript",
    "views",
    "actors",
    "manners",
    "membership",
}
_ASIDE |= {"polls", "presses", "topics", "model", "clock", "profile", "__init__"}
ANSWERING = sorted([*PACKAGE.glob("methods/*.py"), *(path for path in PACKAGE.glob("*.py") if path.stem not in _ASIDE)])
SPOKEN = ("ValueError", "AssertionError", "exception")  # programming errors and the log
ALLOWED = {
    "Playground bot",  # the bot's name
}


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of more than one word that is no docstring and is said to neither a programmer nor the log."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {id(node) for node in _said_elsewhere(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            words = node.value.split()
            if len(words) > 1 and any(word.isalpha() for word in words) and node.value not in ALLOWED:
                yield node.lineno, node.value


def _said_elsewhere(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, documented) and isinstance(node.body[0], ast.Expr):
            yield from ast.walk(node.body[0])
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in SPOKEN:
                yield from ast.walk(node)
        if isinstance(node, ast.Assert):
            yield from ast.walk(node)


def refusals(path: Path) -> Iterator[tuple[int, str]]:
    """Errors made without the table: built by hand, or with a description of their own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in {"ApiError", "Refusal"}:
                yield node.lineno, ast.unparse(node)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "description" and _literal(value):
                    yield node.lineno, ast.unparse(value)
        if isinstance(node, ast.Assign) and _literal(node.value):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr == "description":
                    yield node.lineno, ast.unparse(node)


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("path", ANSWERING, ids=lambda path: path.name)
def test_no_error_text_stands_outside_the_table(path: Path) -> None:
    """Neither whole sentences nor errors built by hand."""
    assert [*sentences(path), *refusals(path)] == []


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    """A test that cannot fail proves nothing."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        '"""A module."""\n'
        "def answer(world):\n"
        '    """A docstring may say what it likes."""\n'
        '    logger.exception("the log as well")\n'
        '    if world: return {"description": "Oops"}\n'
        '    error.description = "Wrong"\n'
        '    raise ApiError(400, "made by hand")\n',
        "utf-8",
    )

    assert [text for _, text in sentences(wrong)] == ["made by hand"]
    assert sorted(line for line, _ in refusals(wrong)) == [5, 6, 7]


def test_every_text_names_its_source() -> None:
    """S, T, D, A, or an honest dash; at most a sixth is unsourced."""
    rows = errors.TABLE.values()

    assert {row.source for row in rows} <= {"S", "T", "D", "A", "-"}
    assert sum(row.source == "-" for row in rows) < len(rows) / 6


def test_no_two_rows_say_the_same() -> None:
    """One text, one name."""
    texts = [(row.code, row.text) for row in errors.TABLE.values()]

    assert sorted(texts) == sorted(set(texts))


@pytest.mark.slow
def test_the_command_lists_the_table() -> None:
    """All of it, or what no source vouches for."""
    command = [sys.executable, "-m", "playground", "errors"]
    everything = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  our own command
    unsourced = subprocess.run([*command, "--unsourced"], capture_output=True, text=True, check=True).stdout  # noqa: S603  as above

    assert len(everything.splitlines()) == len(errors.TABLE)
    assert "S  400  chat not found" in everything
    assert set(unsourced.splitlines()) == {line for line in everything.splitlines() if line.startswith("-")}
