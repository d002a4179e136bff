"""Which routers a press is shown to: those that know its button."""

from collections.abc import Sequence
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, TelegramObject

ANY = ""
"""Instead of a prefix: whatever is on the button."""


class ByButton(Router):
    """Holds all others. A press passes by the routers none of whose handlers takes buttons of its kind, in the order of the rest.

    aiogram would unpack its value for every handler on the way: two hundred times for the last, more than its effect costs.
    """

    def __init__(self, routers: Sequence[Router]) -> None:
        super().__init__(name="all")
        for router in routers:
            router._parent_router = None  # noqa: SLF001 - tests build several applications in one process over the same module-level routers
            self.include_router(router)
        known = [(router, _prefixes(router)) for router in routers]
        self._of = {
            prefix: [router for router, taken in known if taken & {prefix, ANY}]
            for prefix in {ANY}.union(*(taken for _, taken in known))
        }

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        if not isinstance(event, CallbackQuery):
            return await super().propagate_event(update_type, event, **kwargs)
        for router in self._of.get((event.data or "").partition(":")[0], self._of[ANY]):
            response = await router.propagate_event(update_type, event, **kwargs)
            if response is not UNHANDLED:
                return response
        return UNHANDLED


def _prefixes(router: Router) -> set[str]:
    return {_prefix(handler) for one in router.chain_tail for handler in one.observers["callback_query"].handlers}


def _prefix(handler: HandlerObject) -> str:
    """Of the buttons it takes."""
    for wanted in handler.filters or ():
        if isinstance(wanted.callback, CallbackQueryFilter):
            return wanted.callback.callback_data.__prefix__
    return ANY
