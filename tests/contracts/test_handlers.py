"""Contracts of what people can press, type and open."""

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

import handlers
from domain.rights import RULES, Action
from handlers.routers import all_routers
from handlers.screens.commands import COMMANDS

for _module in pkgutil.walk_packages(handlers.__path__, "handlers."):
    importlib.import_module(_module.name)

REGISTERED = [
    pytest.param(handler, id=f"{router.name}.{handler.callback.__name__}")
    for root in all_routers()
    for router in root.chain_tail
    for observer in router.observers.values()
    for handler in observer.handlers
]
BUTTONS = [
    pytest.param(kind, id=kind.__name__)
    for kind in CallbackData.__subclasses__()
    if kind.__module__.startswith("handlers.")
]
NO_HANDLER = {
    Action.PLAN_LOAD: "from the command line",
    Action.ANYTHING_ELSE: "may have none of its own",
}
LARGEST = 2**53
"""Telegram's ids stay below it (Bot API); so do ours."""


@pytest.mark.parametrize("handler", REGISTERED)
def test_every_handler_declares_its_action(handler: Any) -> None:
    assert isinstance(handler.flags.get("action"), Action)


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_a_rule_and_is_declared_somewhere(action: Action) -> None:
    declared = {handler.values[0].flags.get("action") for handler in REGISTERED}

    assert action in RULES
    assert action in declared or action in NO_HANDLER


def test_every_kind_of_button_has_a_prefix_of_its_own() -> None:
    prefixes = [kind.values[0].__prefix__ for kind in BUTTONS]

    assert sorted(set(prefixes)) == sorted(prefixes)


@pytest.mark.parametrize("kind", BUTTONS)
def test_a_button_with_the_largest_ids_fits_into_64_bytes(kind: type[CallbackData]) -> None:
    values: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        options = str(info.annotation)
        if "int" in options:
            values[name] = LARGEST if name.endswith("id") or name in {"draft", "slot", "person"} else 10_000
        elif "bool" in options:
            values[name] = True
        elif info.is_required():
            values[name] = "verbverb"

    assert len(kind.model_construct(**{**kind_defaults(kind), **values}).pack().encode()) <= 64


def kind_defaults(kind: type[CallbackData]) -> dict[str, Any]:
    return {name: info.default for name, info in kind.model_fields.items() if not info.is_required()}


def test_the_menu_names_exactly_the_commands_that_are_handled() -> None:
    handled = set()
    for parameter in REGISTERED:
        for wanted in parameter.values[0].filters or ():
            if isinstance(wanted.callback, Command):
                handled |= {str(command) for command in wanted.callback.commands}

    assert {name for name, _ in COMMANDS} == handled - {"start"}
    assert "start" in handled


def test_the_commands_of_the_contract_are_there() -> None:
    promised = "help draft drafts queue today report status pages team invite settings privacy cancel"

    assert set(promised.split()) <= {name for name, _ in COMMANDS}


@pytest.mark.parametrize("name", ["README.md", "README.ru.md", "docs/getting-started.md"])
def test_documents_name_only_commands_that_exist(name: str) -> None:
    text = (Path(__file__).parents[2] / name).read_text("utf-8")
    known = {command for command, _ in COMMANDS} | {"start"}
    named = set(re.findall(r"`/([a-z]+)`", text)) - {"newbot"}  # BotFather's

    assert named <= known
