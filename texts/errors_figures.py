"""Words for figures that could not be taken down."""

from markupsafe import Markup

from domain.figures import BadPostFigures, FigureSettled
from texts.explaining import explain
from texts.words import Words


@explain.register
def _bad_post_figures(error: BadPostFigures, w: Words) -> Markup:
    example = w("Write what each number is, for example: <code>340 views 12 likes 3 comments 1 repost</code>")
    if not error.fragment:
        return w("There are no figures here. {example}", example=example)
    return w("“{fragment}” is not clear to me. {example}", fragment=error.fragment[:60], example=example)


@explain.register
def _figure_settled(_: FigureSettled, w: Words) -> Markup:
    return w("This figure has been corrected since. Open the list again to see what stands now.")
