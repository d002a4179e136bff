"""Contracts of what people can press, type and open."""

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.types import CallbackQuery, User

import handlers
from bot.plan_entries import LONGEST_PAGE, LONGEST_REGION
from domain.people import Role
from domain.rights import RULES, Action
from handlers.by_button import ByButton
from handlers.routers import all_routers
from handlers.screens.commands import COMMANDS

for _module in pkgutil.walk_packages(handlers.__path__, "handlers."):
    importlib.import_module(_module.name)

HANDLERS: list[tuple[str, Any]] = [
    (f"{router.name}.{handler.callback.__name__}", handler)
    for root in all_routers()
    for router in root.chain_tail
    for observer in router.observers.values()
    for handler in observer.handlers
]
BUTTONS = [kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("handlers.")]
NO_HANDLER = {
    Action.PLAN_LOAD: "from the command line",
    Action.ANYTHING_ELSE: "may have none of its own",
}
LARGEST = 2**53
"""Telegram's ids stay below it (Bot API); so do ours."""


@pytest.mark.parametrize(("name", "handler"), HANDLERS, ids=[name for name, _ in HANDLERS])
def test_every_handler_declares_its_action(name: str, handler: Any) -> None:
    assert isinstance(handler.flags.get("action"), Action), name


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_a_rule_and_is_declared_somewhere(action: Action) -> None:
    declared = {handler.flags.get("action") for _, handler in HANDLERS}

    assert action in RULES
    assert action in declared or action in NO_HANDLER


def test_every_kind_of_button_has_a_prefix_of_its_own() -> None:
    prefixes = [kind.__prefix__ for kind in BUTTONS]

    assert sorted(set(prefixes)) == sorted(prefixes)


async def test_a_press_is_shown_to_every_router_that_may_take_it_in_order() -> None:
    """What is passed by would have declined: it has handlers for other kinds of button only."""
    asked: list[str] = []

    class Asked(Router):
        async def propagate_event(self, update_type: str, event: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - aiogram's signature
            asked.append(self.name)
            return UNHANDLED

    kinds = {
        router.name: [
            [
                wanted.callback.callback_data.__prefix__
                for wanted in handler.filters or ()
                if isinstance(wanted.callback, CallbackQueryFilter)
            ]
            for one in router.chain_tail
            for handler in one.callback_query.handlers
        ]
        for router in all_routers()
    }
    by_button = ByButton(all_routers())
    asking = {name: Asked(name=name) for name in kinds}
    by_button._of = {known: [asking[router.name] for router in some] for known, some in by_button._of.items()}
    somebody = User(id=5, is_bot=False, first_name="A")
    for prefix in [*(kind.__prefix__ for kind in BUTTONS), "somebody-else's", ""]:
        asked.clear()
        press = CallbackQuery(id="1", from_user=somebody, chat_instance="1", data=f"{prefix}:1")
        assert await by_button.propagate_event("callback_query", press) is UNHANDLED
        assert asked == [name for name, some in kinds.items() if any(not of or prefix in of for of in some)]
        assert asked


@pytest.mark.parametrize("kind", BUTTONS, ids=lambda kind: kind.__name__)
def test_a_button_with_the_largest_ids_fits_into_64_bytes(kind: type[CallbackData]) -> None:
    values: dict[str, Any] = {"verb": "verbverb"}
    for name, info in kind.model_fields.items():
        if "int" in str(info.annotation):
            values[name] = LARGEST if name in {"id", "person"} else 10_000
        elif info.is_required() and name not in values:
            values[name] = "x" * 8

    assert len(_packed(kind, values)) <= 64


@pytest.mark.parametrize("kind", BUTTONS, ids=lambda kind: kind.__name__)
def test_a_button_with_the_longest_codes_a_plan_allows_fits_into_64_bytes(kind: type[CallbackData]) -> None:
    longest = {"verb": "verbverb", "key": "k" * LONGEST_PAGE, "region": "r" * LONGEST_REGION, "day": "2026-09-07"}
    longest |= {"role": max(Role, key=len), "value": max(available_timezones(), key=len)}
    values = {name: longest[name] for name in kind.model_fields if name in longest}
    if "day" in values:
        values["verb"] = "page"  # the only one with a page's code and a day

    assert len(_packed(kind, values)) <= 64


def _packed(kind: type[CallbackData], values: dict[str, Any]) -> bytes:
    defaults = {name: info.default for name, info in kind.model_fields.items() if not info.is_required()}
    required = {name: 1 if "int" in str(info.annotation) else "x" for name, info in kind.model_fields.items()}
    known = {name: value for name, value in values.items() if name in kind.model_fields}
    return kind.model_construct(**{**required, **defaults, **known}).pack().encode()


def test_the_menu_names_exactly_the_commands_that_are_handled() -> None:
    handled = set()
    for _, handler in HANDLERS:
        for wanted in handler.filters or ():
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
