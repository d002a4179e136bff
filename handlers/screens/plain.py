"""Telegram HTML as plain text, for alerts and button labels."""

from markupsafe import Markup


def as_plain(text: Markup) -> str:
    """The text without tags and entities."""
    return text.striptags() if "\n" not in text else "\n".join(Markup(line).striptags() for line in text.splitlines())
