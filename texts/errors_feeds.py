"""Words for calendar addresses that are no more."""

from markupsafe import Markup

from domain.feeds import FeedChanged
from texts.explaining import explain
from texts.words import Words


@explain.register
def _changed(_: FeedChanged, w: Words) -> Markup:
    return w("Your address was changed meanwhile. Open /feed again.")
