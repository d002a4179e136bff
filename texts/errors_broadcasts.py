"""Words for what can go wrong with messages to the team."""

from markupsafe import Markup

from domain.broadcasts import BroadcastChanged, EmptyBroadcast, NobodyToTell
from texts.explaining import explain
from texts.words import Words


@explain.register
def _empty(_: EmptyBroadcast, w: Words) -> Markup:
    return w("This cannot be sent on. Send a text, a photo or a file.")


@explain.register
def _nobody(_: NobodyToTell, w: Words) -> Markup:
    return w("Nobody is there to read it. Choose others.")


@explain.register
def _changed(_: BroadcastChanged, w: Words) -> Markup:
    return w("This has changed since. Open it again with /broadcast.")
