"""Names of things the domain only knows by a word: networks."""

from domain.platforms import Platform
from texts.words import Words, mark_plain

_PLATFORMS = {
    Platform.VK: mark_plain("VK"),
    Platform.OK: mark_plain("Odnoklassniki"),
    Platform.X: mark_plain("X (Twitter)"),
    Platform.TELEGRAM: mark_plain("Telegram"),
}


def platform_name(platform: Platform, w: Words) -> str:
    return w.plain(_PLATFORMS[platform])  # texts: dynamic
