"""Words for targets that cannot be set."""

from markupsafe import Markup

from domain.typed_targets import BadTarget, NoPageMetric, TargetIncomplete, TargetUnclear
from texts.explaining import explain
from texts.words import Words, mark

_LACKS = {
    "value": mark("I see no number in it. Like this, for example: <code>{line}</code>"),
    "due": mark("I see no day in it. Like this, for example: <code>{line}</code>"),
    "place": mark("You lead several regions: please name one, for example: <code>{line}</code>"),
}
SAID, LINE = 40, 100
"""Characters of what somebody typed, and of a right line: an alert has 200 in all."""


def _cut(said: str, most: int) -> str:
    return said if len(said) <= most else said[: most - 1] + "…"


@explain.register
def _incomplete(error: TargetIncomplete, w: Words) -> Markup:
    return w(_LACKS[error.lacks], line=_cut(error.line, LINE))  # texts: dynamic


@explain.register
def _unclear(error: TargetUnclear, w: Words) -> Markup:
    return w(
        "I do not understand “{said}”. Like this, for example: <code>{line}</code>",
        said=_cut(error.said, SAID),
        line=_cut(error.line, LINE),
    )


@explain.register
def _bad(error: BadTarget, w: Words) -> Markup:
    return w(
        "A target is a whole number from 1, and “{said}” is none. Like this, for example: <code>{line}</code>",
        said=_cut(error.said, SAID),
        line=_cut(error.line, LINE),
    )


@explain.register
def _metric(_: NoPageMetric, w: Words) -> Markup:
    return w("A target counts members or followers of pages. Other figures are those of single posts.")
