"""Figures in words: how many of what."""

from collections.abc import Mapping

from markupsafe import Markup

from domain.typed_figures import Metric
from texts.words import Words, mark_n

_COUNTED: Mapping[Metric, tuple[str, str]] = {
    Metric.VIEWS: mark_n("{n} view", "{n} views"),
    Metric.LIKES: mark_n("{n} like", "{n} likes"),
    Metric.COMMENTS: mark_n("{n} comment", "{n} comments"),
    Metric.REPOSTS: mark_n("{n} repost", "{n} reposts"),
    Metric.MEMBERS: mark_n("{n} member", "{n} members"),
    Metric.FOLLOWERS: mark_n("{n} follower", "{n} followers"),
}


def counted(metric: Metric, value: int, w: Words) -> Markup:
    """12,400 members / 12 400 участников."""
    return w.n(*_COUNTED[metric], value)  # texts: dynamic
