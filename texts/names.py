"""Names of things the domain only knows by a word: networks, reasons of a decision."""

from domain.drafts import Reason
from domain.platforms import Platform
from texts.words import Words, mark_plain

_PLATFORMS = {
    Platform.VK: mark_plain("VK"),
    Platform.OK: mark_plain("Odnoklassniki"),
    Platform.X: mark_plain("X (Twitter)"),
    Platform.TELEGRAM: mark_plain("Telegram"),
}
_REASONS = {
    Reason.FACTS: mark_plain("Facts"),
    Reason.TONE: mark_plain("Tone"),
    Reason.TOO_LONG: mark_plain("Too long"),
    Reason.PICTURE: mark_plain("Picture"),
    Reason.NOT_NOW: mark_plain("Not the time"),
    Reason.DUPLICATE: mark_plain("We had this"),
    Reason.PRIVATE_DATA: mark_plain("Private data"),
    Reason.OTHER: mark_plain("Another reason"),
}


def platform_name(platform: Platform, w: Words) -> str:
    return w.plain(_PLATFORMS[platform])  # texts: dynamic


def reason_name(reason: Reason, w: Words) -> str:
    return w.plain(_REASONS[reason])  # texts: dynamic
