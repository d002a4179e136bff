"""Small keyboards that several screens share."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.screens.base import Row, button, grid

T = TypeVar("T")


def pager(page: int, pages: int, go: Callable[[int], CallbackData]) -> tuple[Row, ...]:
    """‹ 2 of 5 ›; nothing for a single page. `page` counts from 0."""
    if pages < 2:
        return ()
    shown = button(f"{page + 1} / {pages}", go(page))
    return ((button("‹", go((page - 1) % pages)), shown, button("›", go((page + 1) % pages))),)


def choices(
    items: Sequence[T],
    make: Callable[[T], InlineKeyboardButton],
    page: int,
    go: Callable[[int], CallbackData],
    *,
    width: int = 1,
    size: int = 8,
) -> tuple[Row, ...]:
    """One page of buttons and the pager below; a page that is no more becomes the nearest."""
    pages = max(1, -(-len(items) // size))
    page = max(0, min(page, pages - 1))
    shown = [make(item) for item in items[page * size : (page + 1) * size]]
    return (*grid(shown, width), *pager(page, pages, go))
