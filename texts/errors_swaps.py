"""Words for what can go wrong with swaps, open posts and texts under embargo."""

from markupsafe import Markup

from domain.handout import UnderEmbargo
from domain.open_slots import SlotTaken
from domain.swaps import NotForThem, SwapClosed, SwapState, TooLateToSwap
from texts.explaining import explain
from texts.words import Words, mark

_CLOSED = {
    SwapState.OPEN: mark("This is waiting for an answer."),
    SwapState.AGREED: mark("This is agreed already."),
    SwapState.REFUSED: mark("This was answered with a no already."),
    SwapState.WITHDRAWN: mark("Your colleague has taken the request back."),
    SwapState.LAPSED: mark("The posts have changed meanwhile, or the time to answer is over."),
}


@explain.register
def _swap_closed(error: SwapClosed, w: Words) -> Markup:
    return w(_CLOSED[error.state])  # texts: dynamic


@explain.register
def _late(_: TooLateToSwap, w: Words) -> Markup:
    return w("It is too close to the post for a swap. Tap <b>Can't do it</b>: a substitute is asked at once.")


@explain.register
def _not_for_them(error: NotForThem, w: Words) -> Markup:
    return w("{name} cannot take it at that time. Please choose somebody else.", name=error.name)


@explain.register
def _taken(_: SlotTaken, w: Words) -> Markup:
    return w("Somebody was faster, or it is no longer open. Thank you all the same!")


@explain.register
def _embargo(error: UnderEmbargo, w: Words) -> Markup:
    when = w.moment(error.at, error.zone, error.now)
    return w("This text may be public from {when} on. It comes then by itself.", when=when)
