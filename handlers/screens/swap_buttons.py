"""The buttons of swaps; some stand on the card of an assignment."""

from aiogram.filters.callback_data import CallbackData


class SwapButton(CallbackData, prefix="sw"):
    """`verb`: who, list, name, terms, ask (`id`: the asker's assignment); undo, yes, no (`id`: the swap). `person`: the colleague; `other`:
    their assignment in exchange, 0: none. `page` of a list counts from 0."""

    verb: str
    id: int
    version: int
    person: int = 0
    other: int = 0
    page: int = 0
