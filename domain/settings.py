"""What people may set for themselves."""

from dataclasses import dataclass

from domain.errors import Invalid

LANGUAGES = ("ru", "en")
"""The languages the bot speaks."""


@dataclass(eq=False)
class UnknownLanguage(Invalid):
    """The bot does not speak it."""

    language: str


@dataclass(eq=False)
class SameEnds(Invalid):
    """Quiet hours would begin and end at the same hour."""
