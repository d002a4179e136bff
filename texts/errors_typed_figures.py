"""Words for figures that could not be read."""

from markupsafe import Markup

from domain.typed_figures import BadFigure
from texts.explaining import explain
from texts.words import Words


@explain.register
def _bad_figure(error: BadFigure, w: Words) -> Markup:
    if not error.fragment:
        return w("There is no number here. Write it like this: <code>12 400</code> or <code>12.4k</code>.")
    return w(
        "“{fragment}” cannot be read as a number. Write it like this: <code>12 400</code> or <code>12.4k</code>.",
        fragment=error.fragment[:60],
    )
