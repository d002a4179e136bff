"""Names of things the domain only knows by a word: networks and metrics."""

from domain.platforms import Platform
from domain.typed_figures import Metric
from texts.words import Words, mark_plain

_PLATFORMS = {
    Platform.VK: mark_plain("VK"),
    Platform.OK: mark_plain("Odnoklassniki"),
    Platform.X: mark_plain("X (Twitter)"),
    Platform.TELEGRAM: mark_plain("Telegram"),
}
_METRICS = {
    Metric.MEMBERS: mark_plain("members"),
    Metric.FOLLOWERS: mark_plain("followers"),
    Metric.VIEWS: mark_plain("views"),
    Metric.LIKES: mark_plain("likes"),
    Metric.COMMENTS: mark_plain("comments"),
    Metric.REPOSTS: mark_plain("reposts"),
}


def platform_name(platform: Platform, w: Words) -> str:
    return w.plain(_PLATFORMS[platform])  # texts: dynamic
