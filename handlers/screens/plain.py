"""Telegram HTML as plain text, for alerts and button labels."""

from markupsafe import Markup


def as_plain(text: Markup) -> str:
    """The text without tags and entities, line by line."""
    return "\n".join(line.striptags() for line in text.splitlines())
