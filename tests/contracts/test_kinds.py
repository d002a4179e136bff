"""Contracts of rows that wait: every kind of notice has its words, every kind of task its use case."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.notices
from bot.config import Settings
from bot.outgoing import RENDERERS
from bot.usecases import task_usecases

ROOT = Path(__file__).parents[2]
SOURCES = [path for package in ("bot", "handlers", "domain") for path in sorted((ROOT / package).rglob("*.py"))]

for _module in pkgutil.walk_packages(bot.notices.__path__, "bot.notices."):
    importlib.import_module(_module.name)


def kinds(callee: str, position: int) -> Iterator[tuple[str, str]]:
    """Kinds written out in calls of `callee`, with where they stand."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != callee:
                continue
            given = next((word.value for word in node.keywords if word.arg == "kind"), None)
            if given is None and len(node.args) > position:
                given = node.args[position]
            for part in ast.walk(given) if given is not None else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value, f"{path.relative_to(ROOT)}:{node.lineno}"


NOTICES = sorted({*kinds("Notice", 0), *kinds("redrawn", 0)})
TASKS = sorted(set(kinds("DueTask", 1)))


def test_kinds_are_found_at_all() -> None:
    assert len(NOTICES) > 5
    assert len(TASKS) > 3


@pytest.mark.parametrize(("kind", "where"), NOTICES)
def test_every_kind_of_notice_has_a_renderer(kind: str, where: str) -> None:
    assert kind in RENDERERS, where


@pytest.mark.parametrize(("kind", "where"), TASKS)
def test_every_kind_of_task_has_a_use_case(kind: str, where: str) -> None:
    assert kind in task_usecases(Settings()), where


@pytest.mark.parametrize("kind", [*RENDERERS, *task_usecases(Settings())])
def test_kinds_fit_their_columns(kind: str) -> None:
    assert len(kind) <= 32
