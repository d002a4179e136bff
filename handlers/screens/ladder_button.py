"""The button of a page's reminders, which the page's card has too."""

from aiogram.filters.callback_data import CallbackData

AS_USUAL, OFF = -1, 0
"""Instead of minutes: what the campaign has; without this step."""


class LadderButton(CallbackData, prefix="ld"):
    """`verb`: list, page, step, set, text, back, notext, usual, preview. `n`: minutes, `AS_USUAL` or `OFF`; of a list: which page."""

    verb: str
    key: str = ""
    step: str = ""
    version: int = 0
    n: int = 0
