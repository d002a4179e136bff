"""What a target is called."""

from domain.targets import Target
from domain.typed_figures import Metric
from texts.names import platform_name
from texts.words import Words


def target_name(target: Target, w: Words) -> str:
    """The plan's own title; of one set in chat what is counted where."""
    if not target.by_hand:
        return target.title_ru if w.language == "ru" else target.title
    what = w.plain("followers") if target.metric is Metric.FOLLOWERS else w.plain("members")
    nets = "" if target.page else w.list([platform_name(one, w) for one in target.platforms])
    return " · ".join(part for part in (target.title or w.plain("The whole campaign"), nets, what) if part)
