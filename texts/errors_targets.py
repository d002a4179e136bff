"""Words for targets that cannot be set."""

from markupsafe import Markup

from domain.typed_targets import BadTarget, NoPageMetric, TargetIncomplete
from texts.explaining import explain
from texts.words import Words, mark

_LACKS = {
    "value": mark("I see no number in it. For example: 20000 15 Oct"),
    "due": mark("I see no day in it. For example: 20000 15 Oct"),
    "place": mark("Please name the region or page, for example: kazan vk members 20000 15 Oct"),
}


@explain.register
def _incomplete(error: TargetIncomplete, w: Words) -> Markup:
    return w(_LACKS[error.lacks])  # texts: dynamic


@explain.register
def _bad(error: BadTarget, w: Words) -> Markup:
    return w("A target is a whole number from 1, and “{said}” is none. For example: 20000 15 Oct", said=error.said[:40])


@explain.register
def _metric(_: NoPageMetric, w: Words) -> Markup:
    return w("A target counts members or followers of pages. Other figures are those of single posts.")
