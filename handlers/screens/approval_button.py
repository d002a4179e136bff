"""The buttons of the approver's card: many screens lead back to it."""

from aiogram.filters.callback_data import CallbackData


class ApprovalButton(CallbackData, prefix="a"):
    """`arg`: a verdict, or verdict and reason joined by a dot."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""
